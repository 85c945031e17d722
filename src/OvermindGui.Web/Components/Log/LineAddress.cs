using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Links to lines: <c>?line=k3x9:1234</c>, in the form of the agents' cursors. An id alone is a line of this database.
/// </summary>
public sealed class LineAddress(OvermindDatabase database, OutputQuery output)
{
    /// <summary>The name in the address.</summary>
    public const string Name = "line";

    /// <summary>The address of a line, relative to that of the page.</summary>
    public string Of(long id) => $"?{Name}={LineCursor.Of(database, id)}";

    /// <summary>What an address says of a line; null for nothing.</summary>
    public static string? In(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(Name, out var values) && !string.IsNullOrEmpty(values[0]) ? values[0] : null;

    /// <summary>Where a link leads.</summary>
    public LinkedLine Find(string link)
    {
        try
        {
            var isBare = long.TryParse(link, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
            var cursor = isBare ? null : LineCursor.Parse(link);
            if (!isBare && cursor is null) return LinkedLine.Nowhere("The link names no line: it ends with a number, such as line=k3x9:1234.");
            if (!database.IsReady()) return LinkedLine.Nowhere("There is no output yet, so the link leads nowhere.");
            if (cursor is not null && cursor != LineCursor.Of(database, cursor.Line))
                return LinkedLine.Nowhere("The link leads to a line of another database: of another folder, or of this one before it was copied or begun again. Here its number would be another line.");
            id = cursor?.Line ?? id;
            return new LinkedLine(id, output.Line(id)?.Process, null);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return LinkedLine.Nowhere($"The link cannot be followed now: {e.Message}");
        }
    }
}

/// <summary>Where a link leads.</summary>
/// <param name="Id">Null when it cannot be followed; then the problem says why.</param>
/// <param name="Process">Whose line it is; null when it is no longer stored.</param>
public sealed record LinkedLine(long? Id, string? Process, string? Problem)
{
    internal static LinkedLine Nowhere(string problem) => new(null, null, problem);
}
