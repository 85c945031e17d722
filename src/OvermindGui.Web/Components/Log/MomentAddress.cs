using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>Links to a moment: <c>?at=14:30</c>, in every form that <see cref="PastTime"/> accepts.</summary>
public sealed class MomentAddress(OvermindDatabase database, OutputQuery output)
{
    /// <summary>The name in the address.</summary>
    public const string Name = "at";

    /// <summary>What an address says of a moment; null for nothing.</summary>
    public static string? In(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(Name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    /// <summary>The first line at or after the moment that is shown, or the newest one.</summary>
    public LinkedLine Find(string text, LineFilter lines, TimeProvider clock)
    {
        try
        {
            if (!PastTime.TryParse(text, clock, out var moment, out var problem)) return LinkedLine.Nowhere($"at={text}: {problem}.");
            if (!database.IsReady()) return LinkedLine.Nowhere("There is no output yet, so the link leads nowhere.");
            if (output.LineAt(moment, lines) is not { } line) return LinkedLine.Nowhere("There is no output to go to.");
            return new LinkedLine(line.Id, null, line.Time < moment.ToUnixTimeMilliseconds() ? "No line is that new; this is the last one." : null);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return LinkedLine.Nowhere($"The link cannot be followed now: {e.Message}");
        }
    }
}
