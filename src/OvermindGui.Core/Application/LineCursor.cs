using System.Globalization;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>
/// A position in the history in the caller's form: <c>database:line</c>. Reading consumes nothing, so the same cursor returns the same
/// lines again. A cursor of another database, whose ids mean other lines, is detected.
/// </summary>
public sealed record LineCursor(string Database, long Line)
{
    // Of an older version, until its next daemon starts.
    private const string Unnamed = "0";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Database}:{Line}");

    /// <summary>Reads the caller's form; null when it is malformed.</summary>
    public static LineCursor? Parse(string text)
    {
        var end = text.LastIndexOf(':');
        return end > 0 && long.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? new LineCursor(text[..end], line) : null;
    }

    /// <summary>A line of a database.</summary>
    public static LineCursor Of(OvermindDatabase database, long line) => new(NameOf(database), line);

    /// <summary>The newest line; null while there is no database.</summary>
    public static LineCursor? Newest(OvermindDatabase database) =>
        database.IsReady() ? new LineCursor(NameOf(database), new OutputHistory(database).LastId()) : null;

    /// <summary>The line of a cursor, or null when the cursor is no longer usable; then a note explains why.</summary>
    /// <exception cref="RequestException">The cursor is malformed.</exception>
    public static (long? Line, string? Note) Resolve(OvermindDatabase database, string? text)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        if (Parse(text) is not { } cursor)
            throw new RequestException(RequestException.BadCursorCode, "cursor: expected one that an earlier answer returned, such as k3x9:120");
        if (!database.IsReady()) return (null, "There is no output yet");
        return cursor.Database == NameOf(database) && cursor.Line <= new OutputHistory(database).LastId()
            ? (cursor.Line, null)
            : (null, "The cursor is of another database, so this answer begins afresh; use the new cursor");
    }

    private static string NameOf(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        return DatabaseIdentity.NameOf(connection) ?? Unnamed;
    }
}
