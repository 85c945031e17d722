using Microsoft.Data.Sqlite;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Errors;

/// <summary>
/// Groups the stored lines that name errors. The groups are not stored: an index over those lines alone counts a million errors in some
/// milliseconds, and is right by itself after pruning, clearing, undoing a clearing and changes of a line.
/// </summary>
public sealed class ErrorHistory(OvermindDatabase database)
{
    /// <summary>Number of spans of a chart.</summary>
    public const int ChartSpans = 24;

    private static readonly TimeSpan LongestChart = TimeSpan.FromHours(24);

    private readonly OutputHistory _history = new(database);

    private sealed record Found(KnownProcess Process, long Fingerprint, long Count, long FirstId, long LastId);

    private sealed record Boundary(long Id, long Time);

    /// <param name="now">The charts end here. They begin with the first error that was asked for, at most a day before.</param>
    public ErrorPage Read(ErrorFilter filter, DateTimeOffset now)
    {
        var to = now.ToUnixTimeMilliseconds();
        var last = _history.LastId();
        var after = Math.Max(filter.After, filter.Since is { } since ? _history.LastIdBefore(since, last) : 0);
        using var connection = database.OpenConnection();
        if (!IsMigrated(connection)) return new ErrorPage([], 0, to, to);
        var runs = NewestRuns(connection);
        var found = connection.KnownProcesses().Where(process => filter.Processes.Shows(process.Name))
            .SelectMany(process => Count(connection, process, Math.Max(after, process.ClearedId), filter.Run))
            .OrderByDescending(group => group.LastId).ToList();
        if (filter.OnlyNew) found = found.FindAll(group => IsNew(connection, group, runs));
        var listed = found.Take(filter.Limit).ToList();
        var from = Math.Max(to - (long)LongestChart.TotalMilliseconds, filter.Since ?? (listed.Count == 0 ? to : listed.Min(group => Line(connection, group.FirstId).Occurrence.Time)));
        var boundaries = Boundaries(from, to, last);
        return new ErrorPage([.. listed.Select(group => Describe(connection, group, runs, filter.Run, boundaries))], found.Count, from, to);
    }

    // A daemon of this version adds the column when it starts.
    private static bool IsMigrated(SqliteConnection connection) =>
        connection.Scalar("SELECT 1 FROM pragma_table_info('lines') WHERE name = 'fingerprint'") is not null;

    private static Dictionary<int, long> NewestRuns(SqliteConnection connection) => connection.Query(
        "SELECT process_id, max(id) FROM runs GROUP BY process_id", row => (Process: row.GetInt32(0), Run: row.GetInt64(1))).ToDictionary(r => r.Process, r => r.Run);

    private static List<Found> Count(SqliteConnection connection, KnownProcess process, long after, long? run) => connection.Query(
        $"""
        SELECT fingerprint, count(*), min(id), max(id) FROM lines
        WHERE process_id = $1 AND fingerprint IS NOT NULL AND id > $2{(run is null ? "" : " AND run_id = $3")} GROUP BY fingerprint
        """,
        row => new Found(process, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
        run is null ? [process.Id, after] : [process.Id, after, run]);

    private static ErrorGroup Describe(
        SqliteConnection connection, Found group, Dictionary<int, long> runs, long? run, IReadOnlyList<Boundary> boundaries)
    {
        var (text, last) = Line(connection, group.LastId);
        var first = First(connection, group);
        return new ErrorGroup(
            group.Process.Name, group.Fingerprint, group.LastId, text, group.Count, first, last,
            IsNew(group, first, runs), Chart(connection, group, run, boundaries));
    }

    private static bool IsNew(SqliteConnection connection, Found group, Dictionary<int, long> runs) => IsNew(group, First(connection, group), runs);

    private static bool IsNew(Found group, ErrorOccurrence first, Dictionary<int, long> runs) =>
        first.Run is { } run && runs.GetValueOrDefault(group.Process.Id) == run;

    // Of all that is stored: an error of an earlier run is not new because only the last hour was asked for.
    private static ErrorOccurrence First(SqliteConnection connection, Found group) => connection.Query(
        "SELECT time, run_id FROM lines WHERE process_id = $1 AND fingerprint = $2 AND id > $3 ORDER BY id LIMIT 1",
        row => new ErrorOccurrence(row.GetInt64(0), row.Nullable<long?>(1)), group.Process.Id, group.Fingerprint, group.Process.ClearedId) is [var first]
            ? first : default;

    private static (string Text, ErrorOccurrence Occurrence) Line(SqliteConnection connection, long id) => connection.Query(
        "SELECT text, time, run_id FROM lines WHERE id = $1",
        row => (row.GetString(0), new ErrorOccurrence(row.GetInt64(1), row.Nullable<long?>(2))), id) is [var line]
            ? line : ("", default); // deleted since it was counted

    // The newest id before each span: ids and times grow together.
    private List<Boundary> Boundaries(long from, long to, long last) =>
        [.. Enumerable.Range(0, ChartSpans + 1).Select(i => from + (to - from) * i / ChartSpans)
            .Select(time => new Boundary(time == to ? last : _history.LastIdBefore(time, last), time))];

    private static long[] Chart(SqliteConnection connection, Found group, long? run, IReadOnlyList<Boundary> boundaries)
    {
        var chart = new long[ChartSpans];
        for (var i = 0; i < chart.Length; i++)
        {
            var (after, upTo) = (Math.Max(boundaries[i].Id, group.FirstId - 1), Math.Min(boundaries[i + 1].Id, group.LastId));
            if (after >= upTo) continue;
            chart[i] = (long)connection.Scalar(
                $"SELECT count(*) FROM lines WHERE process_id = $1 AND fingerprint = $2 AND id > $3 AND id <= $4{(run is null ? "" : " AND run_id = $5")}",
                run is null ? [group.Process.Id, group.Fingerprint, after, upTo] : [group.Process.Id, group.Fingerprint, after, upTo, run])!;
        }

        return chart;
    }
}
