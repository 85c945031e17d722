using Npgsql;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// Keeps the counts of a project's lines in the hub, by process, level and span of time, so that a timeline over many machines never reads lines.
/// Lines are counted where they are, in one statement for some seconds of them: a row for each batch would cost as much as the lines do. The
/// cursor says how far they are counted, and moves with the counts; a reader counts the few lines behind it.
/// </summary>
internal sealed class HubLineCounts(int project)
{
    /// <summary>Widths of the spans in seconds; how long each is kept is up to <c>overmind.prune()</c>.</summary>
    public const string Widths = "10, 60, 3600";

    private const int LinesAtOnce = 100_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private const string Count =
        "WITH changed AS (SELECT process_id, time, level, 1 AS change FROM overmind.lines WHERE project_id = $1 AND id > $2 AND id <= $3) " + AddChanged;

    /// <summary>The end of a statement that changes counts: its table <c>changed</c> has process_id, time, level and the change; $1 is the project.</summary>
    public const string AddChanged =
        $"""
        INSERT INTO overmind.line_counts AS c (project_id, width, start, process_id, none, debug, info, warn, error)
        SELECT $1, w.width, time / 1000 / w.width * w.width AS begins, process_id, {Sum}
        FROM changed CROSS JOIN unnest(ARRAY[{Widths}]) w(width) GROUP BY w.width, begins, process_id ORDER BY w.width, begins, process_id
        ON CONFLICT (project_id, width, start, process_id) DO UPDATE SET
          none = c.none + excluded.none, debug = c.debug + excluded.debug, info = c.info + excluded.info, warn = c.warn + excluded.warn, error = c.error + excluded.error
        """;

    private const string Sum =
        """
        coalesce(sum(change) FILTER (WHERE level NOT BETWEEN 1 AND 4), 0), coalesce(sum(change) FILTER (WHERE level = 1), 0),
          coalesce(sum(change) FILTER (WHERE level = 2), 0), coalesce(sum(change) FILTER (WHERE level = 3), 0), coalesce(sum(change) FILTER (WHERE level = 4), 0)
        """;

    private long _stepped;

    /// <summary>The newest line that is counted.</summary>
    public long CountedId { get; private set; }

    /// <summary>Reads how far the hub is.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT counted_id FROM overmind.cursors WHERE project_id = $1", connection) { Parameters = { new() { Value = project } } };
        CountedId = (long)(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Whether it is time to count what came.</summary>
    /// <param name="lastId">The newest line in the hub.</param>
    public bool IsDue(long lastId) =>
        lastId > CountedId && (lastId - CountedId > LinesAtOnce || _stepped == 0 || System.Diagnostics.Stopwatch.GetElapsedTime(_stepped) >= Interval);

    /// <summary>Counts in the connection's transaction; returns how far, for <see cref="Accept"/> once that is committed.</summary>
    public async Task<long> StepAsync(NpgsqlConnection connection, long lastId, CancellationToken cancellationToken)
    {
        var upTo = Math.Min(lastId, CountedId + LinesAtOnce);
        await using var count = new NpgsqlCommand(Count, connection) { Parameters = { new() { Value = project }, new() { Value = CountedId }, new() { Value = upTo } } };
        await count.ExecuteNonQueryAsync(cancellationToken);
        await using var remember = new NpgsqlCommand("UPDATE overmind.cursors SET counted_id = $2 WHERE project_id = $1", connection)
        { Parameters = { new() { Value = project }, new() { Value = upTo } } };
        await remember.ExecuteNonQueryAsync(cancellationToken);
        return upTo;
    }

    /// <summary>The counts up to a line are in the hub.</summary>
    public void Accept(long upTo) => (CountedId, _stepped) = (upTo, System.Diagnostics.Stopwatch.GetTimestamp());
}
