using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Lines over time, from the counts that the writer keeps: a month is read as fast as a minute, and no line is. Plain SQLite, because a page
/// that is open asks every second.
/// </summary>
public sealed class Timeline(OvermindDatabase database, TimeProvider time)
{
    /// <summary>The most bars of an answer.</summary>
    public const int MostBars = 500;

    private const int MostMarks = 500;

    /// <summary>Counts and marks of a range.</summary>
    /// <param name="from">Unix milliseconds; null for the oldest stored line.</param>
    /// <param name="until">Unix milliseconds; null for now.</param>
    /// <param name="bars">The most bars to divide it into.</param>
    public TimelineReport Read(ProcessFilter processes, long? from, long? until, int bars)
    {
        using var connection = database.OpenConnection();
        var now = time.Milliseconds();
        var (oldest, newest) = (EdgeTime(connection, "ASC") ?? now, EdgeTime(connection, "DESC") ?? now);
        var end = until ?? Math.Max(now, newest);
        var start = Math.Min(from ?? oldest, end - 1);
        var (first, step, count, width) = TimelineScale.Of(start / 1000, end / 1000, now / 1000, bars, CountWidth.All);
        var tallies = new LevelTally[count];
        var isCounted = connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'counted_lines'") is not null;
        if (isCounted) Fill(connection, processes, width, first, step, tallies);
        return new TimelineReport(
            first * 1000, (first + (long)count * step) * 1000, step, oldest,
            [.. tallies.Select((tally, i) => new TimelineBar((first + (long)i * step) * 1000, tally))],
            Marks(connection, processes, first, first + (long)count * step),
            CountedSince(connection, isCounted, oldest, newest));
    }

    /// <summary>When nothing is missing null, else the time from which lines are counted.</summary>
    private static long? CountedSince(SqliteConnection connection, bool isCounted, long oldest, long newest)
    {
        var uncounted = isCounted ? connection.Scalar("SELECT from_id FROM counted_lines") as long? : null;
        if (uncounted == 0) return null;
        if (connection.Scalar("SELECT 1 FROM lines LIMIT 1") is null) return null;
        return uncounted is null ? newest : connection.Scalar("SELECT time FROM lines WHERE id > $1 ORDER BY id LIMIT 1", uncounted) as long? ?? oldest;
    }

    private static void Fill(SqliteConnection connection, ProcessFilter processes, CountWidth width, long first, int step, LevelTally[] tallies)
    {
        var shown = connection.KnownProcesses().Where(p => processes.Shows(p.Name)).ToDictionary(p => p.Id, p => VisibleFrom(connection, p));
        var end = first + (long)tallies.Length * step;
        foreach (var (process, start, tally) in Counts(connection, width, first, end))
        {
            if (!shown.TryGetValue(process, out var from)) continue;
            var at = (int)((start - first) / step);
            if (from is null || start > from.Line.Second) tallies[at] += tally;
            else if (start + width.Seconds > from.Line.Second) tallies[at] += VisiblePart(connection, process, from, width, start);
        }
    }

    private static IEnumerable<(int Process, long Start, LevelTally Tally)> Counts(SqliteConnection connection, CountWidth width, long from, long until) =>
        connection.Stream(
            "SELECT process_id, start, none, debug, info, warn, error FROM line_counts WHERE width = $1 AND start >= $2 AND start < $3",
            row => (row.GetInt32(0), row.GetInt64(1), new LevelTally(row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6))),
            width.Seconds, from, until);

    /// <summary>Where the lines of a process begin that are not cleared; null when none is.</summary>
    private static VisibleStart? VisibleFrom(SqliteConnection connection, KnownProcess process)
    {
        if (process.ClearedId == 0 || connection.Scalar("SELECT 1 FROM lines WHERE process_id = $1 AND id <= $2 LIMIT 1", process.Id, process.ClearedId) is null) return null;
        var first = connection.Query(
            "SELECT id, time FROM lines WHERE process_id = $1 AND id > $2 ORDER BY id LIMIT 1", row => (Id: row.GetInt64(0), Second: row.GetInt64(1) / 1000),
            process.Id, process.ClearedId);
        return new VisibleStart(first is [var line] ? line : (long.MaxValue, long.MaxValue));
    }

    // Cleared lines are counted until they are deleted. The span in which the others begin is put together from narrower ones, and from
    // the lines of the narrowest.
    private static LevelTally VisiblePart(SqliteConnection connection, int process, VisibleStart from, CountWidth width, long start)
    {
        var finest = CountWidth.All.FirstOrDefault(
            w => w.Seconds < width.Seconds && connection.Scalar(
                "SELECT 1 FROM line_counts WHERE width = $1 AND start = $2 AND process_id = $3", w.Seconds, w.StartOf(from.Line.Second), process) is not null,
            width);
        var newest = (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM lines")!;
        var edge = finest.StartOf(from.Line.Second) + finest.Seconds;
        var tally = connection.Query(
            "SELECT level, count(*) FROM lines WHERE process_id = $1 AND id >= $2 AND id < $3 AND time < $4 GROUP BY level",
            row => LevelTally.Of(LineLevels.FromStored(row.GetInt64(0)), row.GetInt64(1)), process, from.Line.Id, Math.Max(from.Line.Id, LinePlace.LastIdBefore(connection, edge * 1000, newest)) + 1, edge * 1000)
            .Aggregate(default(LevelTally), (sum, part) => sum + part);
        return edge >= start + width.Seconds
            ? tally
            : Counts(connection, finest, edge, start + width.Seconds).Where(c => c.Process == process).Aggregate(tally, (sum, part) => sum + part.Tally);
    }

    private static List<TimelineMark> Marks(SqliteConnection connection, ProcessFilter processes, long from, long until)
    {
        const string OfRuns = "SELECT r.id, p.name, r.started_at, r.ended_at, r.exit_code FROM runs r JOIN processes p ON p.id = r.process_id WHERE ";
        var starts = connection.Query(
            OfRuns + "r.started_at >= $1 AND r.started_at < $2 ORDER BY r.started_at DESC LIMIT $3",
            row => new TimelineMark(TimelineMarkKind.Start, row.GetString(1), Milliseconds(row.GetDouble(2)), row.GetInt64(0), null, null), from, until, MostMarks);
        var ends = connection.Query(
            OfRuns + "r.ended_at >= $1 AND r.ended_at < $2 ORDER BY r.ended_at DESC LIMIT $3",
            row =>
            {
                var exit = row.Nullable<int?>(4) is { } code ? new ExitStatus(code) : (ExitStatus?)null;
                var kind = exit is { } status && RunInfo.IsCrash(status) ? TimelineMarkKind.Crash : TimelineMarkKind.Exit;
                return new TimelineMark(kind, row.GetString(1), Milliseconds(row.GetDouble(3)), row.GetInt64(0), exit, null);
            },
            from, until, MostMarks);
        var failures = connection.Query(
            "SELECT h.run_id, p.name, h.time, h.line_id FROM failure_hits h JOIN processes p ON p.id = h.process_id WHERE h.time >= $1 AND h.time < $2 ORDER BY h.time DESC LIMIT $3",
            row => new TimelineMark(TimelineMarkKind.Failure, row.GetString(1), Milliseconds(row.GetDouble(2)), row.GetInt64(0), null, row.Nullable<long?>(3)), from, until, MostMarks);
        return [.. starts.Concat(ends).Concat(failures).Where(mark => processes.Shows(mark.Process)).OrderBy(mark => mark.Time)];
    }

    private static long Milliseconds(double seconds) => (long)Math.Round(seconds * 1000);

    private static long? EdgeTime(SqliteConnection connection, string order) =>
        connection.Scalar($"SELECT time FROM lines ORDER BY id {order} LIMIT 1") as long?;

    private sealed record VisibleStart((long Id, long Second) Line);
}

/// <summary>Lines over time.</summary>
/// <param name="From">Start of the first bar, Unix milliseconds.</param>
/// <param name="Until">End of the last bar, Unix milliseconds.</param>
/// <param name="Step">Width of a bar in seconds.</param>
/// <param name="Oldest">Time of the oldest stored line, Unix milliseconds.</param>
/// <param name="Marks">Oldest first; the newest of each kind where there are very many.</param>
/// <param name="CountedSince">Lines before this time are not counted yet, Unix milliseconds; null when all are.</param>
public sealed record TimelineReport(
    long From, long Until, int Step, long Oldest, IReadOnlyList<TimelineBar> Bars, IReadOnlyList<TimelineMark> Marks, long? CountedSince);

/// <summary>The lines of a span.</summary>
/// <param name="Start">Unix milliseconds.</param>
public readonly record struct TimelineBar(long Start, LevelTally Lines);

/// <summary>What a mark stands for.</summary>
public enum TimelineMarkKind
{
    /// <summary>A process was started.</summary>
    Start,

    /// <summary>It ended with code 0, or was asked to.</summary>
    Exit,

    /// <summary>It ended with another code or by a signal.</summary>
    Crash,

    /// <summary>A line matched a failure declaration.</summary>
    Failure,
}

/// <summary>Something that happened at one moment.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Exit">How the run ended; null for a start, a failure, and where it is not known.</param>
/// <param name="Line">The line that matched; null for other kinds.</param>
public sealed record TimelineMark(TimelineMarkKind Kind, string Process, long Time, long Run, ExitStatus? Exit, long? Line)
{
    /// <summary>Where it happened, when it is one of many projects.</summary>
    public ProjectOrigin? Origin { get; init; }
}
