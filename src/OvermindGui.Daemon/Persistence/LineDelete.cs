using Microsoft.Data.Sqlite;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Deletes the oldest lines of a process in a range of ids.</summary>
/// <param name="After">Lines up to this id stay.</param>
/// <param name="Before">This line and those behind it stay.</param>
/// <param name="OlderThan">Lines of this time or later stay, Unix milliseconds.</param>
internal sealed record LineDeletion(int ProcessId, long After, long Before, int Limit, long OlderThan = long.MaxValue) : WriteItem
{
    /// <summary>Whether lines that were cleared stay, and the others are no longer counted as the process's.</summary>
    public bool IsPruning { get; init; }

    /// <summary>Lines that were deleted, once it is stored.</summary>
    public long Deleted { get; set; }
}

/// <summary>Counts lines that were stored before there were counts.</summary>
internal sealed record CountBackfill(int Lines) : WriteItem;

/// <summary>Carries out deletions, and takes the lines out of the counts.</summary>
internal static class LineDelete
{
    private const string Delete =
        $"""
        DELETE FROM lines WHERE time < $5 AND id IN (SELECT id FROM lines WHERE process_id = $1 AND id > $2 AND id < $3 ORDER BY id LIMIT $4)
        RETURNING id, time, level, {LineSize.Sql}
        """;

    /// <summary>Runs in the transaction that is open on the connection.</summary>
    public static void Run(SqliteConnection connection, LineDeletion deletion, LineCounter counter)
    {
        var after = deletion.After;
        if (deletion.IsPruning && connection.Scalar("SELECT cleared_id FROM processes WHERE id = $1", deletion.ProcessId) is long cleared) after = Math.Max(after, cleared);
        var (deleted, first, last) = (0L, long.MaxValue, 0L);
        var lines = connection.Stream(
            Delete, row => (Id: row.GetInt64(0), Time: row.GetInt64(1), Level: LineLevels.FromStored(row.GetInt64(2)), Bytes: row.GetInt64(3)),
            deletion.ProcessId, after, deletion.Before, deletion.Limit, deletion.OlderThan);
        foreach (var line in lines)
        {
            counter.Remove(line.Id, deletion.ProcessId, line.Time, line.Level, line.Bytes);
            (first, last) = (Math.Min(first, line.Id), Math.Max(last, line.Id));
            deleted++;
        }

        deletion.Deleted = deleted;
        // What was cleared leaves no trace: the filters are made again without it.
        if (!deletion.IsPruning && deleted > 0)
            connection.Execute(null, "DELETE FROM search_filters WHERE id BETWEEN $1 AND $2", TrigramFilter.BlockOf(first), TrigramFilter.BlockOf(last));
        if (deletion.IsPruning && deleted > 0)
            connection.Execute(null, "UPDATE processes SET line_count = max(0, line_count - $2) WHERE id = $1", deletion.ProcessId, deleted);
    }
}
