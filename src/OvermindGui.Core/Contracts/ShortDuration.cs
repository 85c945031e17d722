using System.Globalization;

namespace OvermindGui.Core.Contracts;

/// <summary>Formats a duration as it is written in the settings: <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>1h30m</c>.</summary>
public static class ShortDuration
{
    public static string Of(TimeSpan time)
    {
        if (time < TimeSpan.FromSeconds(1)) return string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0}ms");
        var parts = new[] { ((int)time.TotalHours, "h"), (time.Minutes, "m"), (time.Seconds, "s") };
        return string.Concat(parts.Where(p => p.Item1 > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1}{p.Item2}")));
    }
}
