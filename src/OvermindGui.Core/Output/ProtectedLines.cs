using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// The lines of a process that pruning leaves alone as long as the database does not exceed its size: those of pinned runs, and starred ones
/// with their neighbours.
/// </summary>
public static class ProtectedLines
{
    /// <summary>Lines before and behind a star that are kept with it.</summary>
    public const int Neighbours = 20;

    // Between a start or an end and the lines that belong to it.
    private const long Margin = 2_000;

    /// <summary>Ranges of ids in order, both ends included; they do not touch.</summary>
    public static IReadOnlyList<(long First, long Last)> Of(SqliteConnection connection, int process) =>
        Merge(OfRuns(connection, process).Concat(OfStars(connection, process)));

    /// <summary>The same ranges in order, those that touch as one.</summary>
    public static IReadOnlyList<(long First, long Last)> Merge(IEnumerable<(long First, long Last)> ranges)
    {
        List<(long First, long Last)> merged = [];
        foreach (var range in ranges.Where(r => r.Last >= r.First).OrderBy(r => r.First))
            if (merged is [.., var last] && range.First <= last.Last + 1) merged[^1] = (last.First, Math.Max(last.Last, range.Last));
            else merged.Add(range);
        return merged;
    }

    /// <summary>The ids of the lines between the ranges, both ends excluded.</summary>
    public static IEnumerable<(long After, long Before)> Between(IReadOnlyList<(long First, long Last)> ranges)
    {
        long after = 0;
        foreach (var (first, last) in ranges)
        {
            yield return (after, first);
            after = last;
        }

        yield return (after, long.MaxValue);
    }

    /// <summary>How many lines a process has in ranges, both ends included.</summary>
    public static long Count(SqliteConnection connection, int process, IEnumerable<(long First, long Last)> ranges)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM lines WHERE process_id = $process AND id >= $first AND id <= $last AND id > (SELECT cleared_id FROM processes WHERE id = $process)";
        command.Parameters.AddWithValue("$process", process);
        var (first, last) = (command.Parameters.Add("$first", SqliteType.Integer), command.Parameters.Add("$last", SqliteType.Integer));
        var count = 0L;
        foreach (var range in ranges)
        {
            (first.Value, last.Value) = (range.First, range.Last);
            count += (long)command.ExecuteScalar()!;
        }

        return count;
    }

    /// <summary>Time of the oldest line of a process between two ids, both ends excluded, Unix milliseconds; null when there is none.</summary>
    public static long? OldestBetween(SqliteConnection connection, int process, long after, long before) => connection.Scalar(
        "SELECT time FROM lines WHERE process_id = $1 AND id > max($2, (SELECT cleared_id FROM processes WHERE id = $1)) AND id < $3 ORDER BY id LIMIT 1",
        process, after, before) as long?;

    /// <summary>The range in which the lines of a run are, and with them what the daemon said of it.</summary>
    /// <param name="startedAt">Unix seconds.</param>
    /// <param name="endedAt">Unix seconds; null for a run that goes on.</param>
    internal static (long First, long Last) RangeOf(SqliteConnection connection, double startedAt, double? endedAt)
    {
        var newest = (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM lines")!;
        return (
            LinePlace.LastIdBefore(connection, (long)(startedAt * 1000) - Margin, newest) + 1,
            endedAt is { } ended ? LinePlace.LastIdBefore(connection, (long)(ended * 1000) + Margin, newest) : newest);
    }

    private static IEnumerable<(long First, long Last)> OfRuns(SqliteConnection connection, int process) => connection.Query(
        "SELECT r.started_at, r.ended_at FROM pinned_runs p JOIN runs r ON r.id = p.run_id WHERE r.process_id = $1",
        row => (Started: row.GetDouble(0), Ended: row.Nullable<double?>(1)), process).Select(run => RangeOf(connection, run.Started, run.Ended));

    private static List<(long First, long Last)> OfStars(SqliteConnection connection, int process) => connection.Query(
        """
        SELECT coalesce((SELECT min(id) FROM (SELECT id FROM lines WHERE process_id = $1 AND id <= b.line_id ORDER BY id DESC LIMIT $2)), b.line_id),
          coalesce((SELECT max(id) FROM (SELECT id FROM lines WHERE process_id = $1 AND id >= b.line_id ORDER BY id LIMIT $2)), b.line_id)
        FROM bookmarks b WHERE b.process_id = $1
        """,
        row => (row.GetInt64(0), row.GetInt64(1)), process, Neighbours + 1);
}
