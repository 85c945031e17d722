using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>Lines that change after they were stored, because they are unfinished or the program moves back to them.</summary>
public sealed partial class OutputHistory
{
    /// <summary>Id of the newest entry in the change log, 0 when there has never been one.</summary>
    public long LastAmendment()
    {
        using var connection = Open();
        return LastAmendment(connection);
    }

    /// <summary>
    /// Lines up to <paramref name="lastLine"/> that changed after an entry of the change log, in id order, the newest entry, and whether
    /// entries were missed because they were removed or exceed <paramref name="limit"/>.
    /// </summary>
    public (IReadOnlyList<OutputLine> Lines, long LastAmendment, bool Missed) AmendedAfter(long amendment, long lastLine, int limit)
    {
        using var connection = Open();
        var last = LastAmendment(connection);
        if (last <= amendment) return ([], amendment, false);
        var oldest = (long)connection.Scalar("SELECT coalesce(min(id), 0) FROM amendments")!;
        var lines = Read(
            connection,
            $"{Columns} WHERE id IN (SELECT line_id FROM amendments WHERE id > $1 AND id <= $2) AND id <= $3 ORDER BY id DESC LIMIT $4",
            amendment, last, lastLine, limit + 1);
        lines.Reverse();
        var missed = oldest > amendment + 1 || lines.Count > limit;
        return (lines, last, missed);
    }

    /// <summary>
    /// All lines that may have changed since the given id was the newest, in id order. Only the newest lines of a process can change, so
    /// there are few; lines that certainly did not change are omitted.
    /// </summary>
    public IReadOnlyList<OutputLine> MayHaveChanged(long upTo, ProcessFilter filter)
    {
        using var connection = Open();
        var changed = connection.Query("SELECT DISTINCT line_id FROM amendments WHERE line_id <= $1", row => row.GetInt64(0), upTo).ToHashSet();
        var logIsWhole = connection.Scalar("SELECT coalesce(min(id), 1) FROM amendments") is 1L;
        return [.. Shown(filter).SelectMany(process => connection.Query(
                $"{Columns} WHERE process_id = $1 AND id > $2 AND id <= $3 ORDER BY id DESC LIMIT $4",
                row => ToLine(connection, row), process, Cleared.UpTo(process), upTo, LineAssembler.LiveLines))
            .Where(line => !logIsWhole || changed.Contains(line.Id)).OrderBy(line => line.Id)];
    }

    private static long LastAmendment(SqliteConnection connection) =>
        (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM amendments")!;
}
