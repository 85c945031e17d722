using OvermindGui.Core.Output;

namespace OvermindGui.Web.Api;

/// <summary>Moments of a query string, in every form that <see cref="PastTime"/> accepts.</summary>
internal static class QueryTime
{
    /// <summary>False when the text is no moment; <paramref name="problem"/> then names the parameter. A text that is not there, or empty, is null.</summary>
    /// <param name="isEnd">Whether it may lie in the future.</param>
    public static bool TryRead(string name, string? text, TimeProvider time, out long? milliseconds, out string problem, bool isEnd = false)
    {
        milliseconds = null;
        problem = "";
        if (string.IsNullOrEmpty(text)) return true;
        if (isEnd ? !PastTime.TryParseEnd(text, time, out var moment, out var why) : !PastTime.TryParse(text, time, out moment, out why))
        {
            problem = $"{name}: {why}";
            return false;
        }

        milliseconds = moment.ToUnixTimeMilliseconds();
        return true;
    }
}
