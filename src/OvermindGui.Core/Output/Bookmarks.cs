using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>A starred line.</summary>
/// <param name="Text">Null when the line is no longer stored.</param>
public sealed record BookmarkInfo(long Id, long Line, string Process, DateTimeOffset Time, string Note, string? Text);

/// <summary>Stars lines, with a note.</summary>
public sealed class Bookmarks(OvermindDatabase database, TimeProvider time)
{
    /// <summary>The most stars of a project: each is looked at when output is pruned.</summary>
    public const int Most = 1_000;

    /// <summary>The longest note.</summary>
    public const int LongestNote = 500;

    /// <summary>All stars, newest line first; not those whose line is cleared.</summary>
    public IReadOnlyList<BookmarkInfo> Read()
    {
        if (!database.IsReady()) return [];
        using var connection = database.OpenConnection();
        if (!connection.HasTable("bookmarks")) return []; // an older daemon
        return connection.Query(
            """
            SELECT b.id, b.line_id, p.name, b.time, b.note, l.text FROM bookmarks b JOIN processes p ON p.id = b.process_id AND b.line_id > p.cleared_id
            LEFT JOIN lines l ON l.id = b.line_id ORDER BY b.line_id DESC
            """,
            row => new BookmarkInfo(row.GetInt64(0), row.GetInt64(1), row.GetString(2), LineTime.Of(row.GetInt64(3)), row.GetString(4), row.Nullable<string>(5)));
    }

    /// <summary>The note of a starred line; null when it has no star.</summary>
    public string? NoteOf(long line)
    {
        if (!database.IsReady()) return null;
        using var connection = database.OpenConnection();
        return connection.HasTable("bookmarks") ? connection.Scalar("SELECT note FROM bookmarks WHERE line_id = $1", line) as string : null;
    }

    /// <summary>Stars a line, or changes its note. Null when that is done, else why not.</summary>
    public string? Add(long line, string note)
    {
        if (note.Length > LongestNote) return $"note: {LongestNote} characters at most";
        using var connection = database.OpenConnection();
        if (connection.Scalar("SELECT 1 FROM bookmarks WHERE line_id = $1", line) is null && connection.Scalar("SELECT count(*) FROM bookmarks") is >= (long)Most)
            return $"There are {Most} stars already; remove some first";
        connection.Execute(
            null,
            """
            INSERT INTO bookmarks(line_id, process_id, time, note, created_at)
            SELECT l.id, l.process_id, l.time, $2, $3 FROM lines l JOIN processes p ON p.id = l.process_id AND l.id > p.cleared_id WHERE l.id = $1
            ON CONFLICT DO UPDATE SET note = $2
            """,
            line, note.ReplaceLineEndings(" ").Trim(), time.Seconds());
        return connection.Scalar("SELECT 1 FROM bookmarks WHERE line_id = $1", line) is null ? $"line {line} is not stored" : null;
    }

    /// <summary>Removes the star of a line; false when it has none.</summary>
    public bool Remove(long line)
    {
        using var connection = database.OpenConnection();
        return connection.Query("DELETE FROM bookmarks WHERE line_id = $1 RETURNING id", row => row.GetInt64(0), line).Count > 0;
    }
}
