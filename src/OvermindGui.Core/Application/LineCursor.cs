using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>
/// A position in the history in the caller's form: <c>database:line</c>. Reading consumes nothing, so the same cursor returns the same
/// lines again. A cursor of another database, whose ids mean other lines, is detected.
/// </summary>
public sealed record LineCursor(string Database, long Line)
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Database}:{Line}");

    /// <summary>The newest line; null while there is no database.</summary>
    public static LineCursor? Newest(OvermindDatabase database) =>
        database.IsReady() ? new LineCursor(NameOf(database), new OutputHistory(database).LastId()) : null;

    /// <summary>The line of a cursor, or null when the cursor is no longer usable; then a note explains why.</summary>
    /// <exception cref="RequestException">The cursor is malformed.</exception>
    public static (long? Line, string? Note) Resolve(OvermindDatabase database, string? text)
    {
        if (string.IsNullOrEmpty(text)) return (null, null);
        var end = text.LastIndexOf(':');
        if (end <= 0 || !long.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line))
            throw new RequestException("bad_cursor", "cursor: expected one that an earlier answer returned, such as k3x9:120");
        if (!database.IsReady()) return (null, "There is no output yet");
        return text[..end] == NameOf(database) && line <= new OutputHistory(database).LastId()
            ? (line, null)
            : (null, "The cursor is of another database, so this answer begins afresh; use the new cursor");
    }

    // The first daemon's start time, which identifies a database: a repaired database keeps it, a new one has another.
    private static string NameOf(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        var started = connection.Query("SELECT started_at FROM daemons ORDER BY id LIMIT 1", row => UnixTime.FromSeconds(row.GetDouble(0)));
        var number = started is [var first] ? first.ToUnixTimeMilliseconds() / 10 % 60_466_176 : 0; // five digits
        var name = "";
        do
        {
            name = Digits[(int)(number % Digits.Length)] + name;
            number /= Digits.Length;
        }
        while (number > 0);
        return name;
    }
}
