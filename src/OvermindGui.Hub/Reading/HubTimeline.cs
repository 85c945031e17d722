using Microsoft.EntityFrameworkCore;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Reading;

/// <summary>
/// Lines over time of many projects, from the counts that daemons keep in the hub. Lines are read only where the counts do not say enough: the
/// newest seconds, and the span in which the output of a process that was just cleared begins.
/// </summary>
public sealed class HubTimeline(HubDatabase hub, TimeProvider time)
{
    private const int MostMarks = 500;

    // As overmind.prune() keeps them.
    private static readonly IReadOnlyList<CountWidth> Widths = [new(10, TimeSpan.FromHours(12)), new(60, TimeSpan.FromDays(7)), new(3_600, TimeSpan.MaxValue)];

    /// <summary>Another value means that there may be more; empty without lines.</summary>
    /// <exception cref="HubRequestException">A name is unknown.</exception>
    public async Task<string> StateAsync(HubLineFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = await HubSource.FindAsync(connection, filter, cancellationToken);
        var ends = await HubLog.EndsAsync(connection, [.. sources.Select(s => s.Project).Distinct()], cancellationToken);
        return ends.Count == 0 ? "" : $"{new HubCursors(ends)} {sources.Sum(s => s.ClearedId)} {sources.Count}";
    }

    /// <summary>Counts and marks of a range; only hosts, projects and processes of the filter count.</summary>
    /// <param name="from">Unix milliseconds; null for the oldest line.</param>
    /// <param name="until">Unix milliseconds; null for now.</param>
    /// <param name="bars">The most bars to divide it into.</param>
    /// <exception cref="HubRequestException">A name is unknown.</exception>
    public async Task<TimelineReport> ReadAsync(HubLineFilter filter, long? from, long? until, int bars, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = await HubSource.FindAsync(connection, filter, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var oldest = Math.Min(now, await HubLog.OldestAsync(connection, cancellationToken));
        var end = until ?? Math.Max(now, await HubLog.NewestAsync(connection, cancellationToken));
        var start = Math.Min(from ?? oldest, end - 1);
        var scale = TimelineScale.Of(start / 1000, end / 1000, now / 1000, bars, Widths);
        var tallies = await CountAsync(connection, sources, scale, cancellationToken);
        var stop = scale.First + (long)scale.Count * scale.Step;
        return new TimelineReport(
            scale.First * 1000, stop * 1000, scale.Step, oldest, [.. tallies.Select((tally, i) => new TimelineBar((scale.First + (long)i * scale.Step) * 1000, tally))],
            await MarksAsync(sources, scale.First, stop, cancellationToken), null);
    }

    private static async Task<LevelTally[]> CountAsync(NpgsqlConnection connection, IReadOnlyList<HubSource> sources, TimelineScale scale, CancellationToken cancellationToken)
    {
        var tallies = new LevelTally[scale.Count];
        if (sources.Count == 0) return tallies;
        var edges = await EdgesAsync(connection, sources, scale.Width, cancellationToken);
        await using var count = new NpgsqlCommand { Connection = connection };
        var (first, step, end) = (count.Add(scale.First), count.Add((long)scale.Step), count.Add(scale.First + (long)scale.Count * scale.Step));
        const string OfLine = "(level NOT BETWEEN 1 AND 4)::int, (level = 1)::int, (level = 2)::int, (level = 3)::int, (level = 4)::int";
        count.CommandText = $"""
            WITH s AS (SELECT * FROM {HubSource.Table(count, sources, "counts_from", edges)})
            SELECT ((start - {first}) / {step})::int AS bar, sum(none)::bigint, sum(debug)::bigint, sum(info)::bigint, sum(warn)::bigint, sum(error)::bigint FROM (
              SELECT c.start, c.none, c.debug, c.info, c.warn, c.error
              FROM overmind.line_counts c JOIN s ON s.project = c.project_id AND s.process = c.process_id AND c.start >= s.counts_from
              WHERE c.width = {count.Add(scale.Width.Seconds)} AND c.start >= {first} AND c.start < {end}
              UNION ALL
              SELECT l.time / 1000, {OfLine} FROM overmind.cursors o JOIN overmind.lines l ON l.project_id = o.project_id AND l.id > o.counted_id
              JOIN s ON s.project = l.project_id AND s.process = l.process_id AND l.id > s.cleared
              WHERE l.time >= {first} * 1000 AND l.time < {end} * 1000
              UNION ALL
              SELECT l.time / 1000, {OfLine} FROM s JOIN overmind.cursors o ON o.project_id = s.project
              JOIN overmind.lines l ON l.project_id = s.project AND l.process_id = s.process AND l.id > s.cleared AND l.id <= o.counted_id AND l.time < s.counts_from * 1000
              WHERE s.counts_from > 0 AND l.time >= {first} * 1000 AND l.time < {end} * 1000) parts(start, none, debug, info, warn, error)
            GROUP BY bar
            """;
        await using var rows = await count.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            if (rows.GetInt32(0) is >= 0 and var bar && bar < tallies.Length)
                tallies[bar] = new LevelTally(Count(1), Count(2), Count(3), Count(4), Count(5));
        return tallies;

        long Count(int column) => Math.Max(0, rows.GetInt64(column));
    }

    // By source, from which second on its counts say what is shown; those of a process with hidden lines begin after the first line that is shown.
    private static async Task<long[]> EdgesAsync(NpgsqlConnection connection, IReadOnlyList<HubSource> sources, CountWidth width, CancellationToken cancellationToken)
    {
        var edges = new long[sources.Count];
        for (var i = 0; i < edges.Length; i++)
        {
            if (!sources[i].HidesLines) continue;
            await using var ask = new NpgsqlCommand("SELECT time FROM overmind.lines WHERE project_id = $1 AND process_id = $2 AND id > $3 ORDER BY id LIMIT 1", connection)
            { Parameters = { new() { Value = sources[i].Project }, new() { Value = sources[i].Process }, new() { Value = sources[i].ClearedId } } };
            edges[i] = await ask.ExecuteScalarAsync(cancellationToken) is long first ? width.StartOf(first / 1000) + width.Seconds : long.MaxValue / 1000;
        }

        return edges;
    }

    private async Task<List<TimelineMark>> MarksAsync(IReadOnlyList<HubSource> sources, long from, long until, CancellationToken cancellationToken)
    {
        const string Project = HubDbContext.ProjectId;
        var of = sources.ToDictionary(s => (s.Project, s.Process));
        var projects = sources.Select(s => s.Project).Distinct().ToArray();
        await using var context = hub.CreateDbContext();
        var runs = context.Runs.AsNoTracking().Where(r => projects.Contains(EF.Property<int>(r, Project)));
        var started = await runs.Where(r => r.StartedAt >= from && r.StartedAt < until).OrderByDescending(r => r.StartedAt).Take(MostMarks)
            .Select(r => new { Project = EF.Property<int>(r, Project), Run = r }).ToListAsync(cancellationToken);
        var ended = await runs.Where(r => r.EndedAt >= from && r.EndedAt < until).OrderByDescending(r => r.EndedAt).Take(MostMarks)
            .Select(r => new { Project = EF.Property<int>(r, Project), Run = r }).ToListAsync(cancellationToken);
        var hits = await context.FailureHits.AsNoTracking().Where(h => projects.Contains(EF.Property<int>(h, Project)) && h.Time >= from && h.Time < until)
            .OrderByDescending(h => h.Time).Take(MostMarks).Select(h => new { Project = EF.Property<int>(h, Project), Hit = h }).ToListAsync(cancellationToken);
        return
        [
            .. started.Select(r => Mark(r.Project, r.Run.ProcessId, TimelineMarkKind.Start, r.Run.StartedAt, r.Run.Id, null, null))
                .Concat(ended.Select(r =>
                {
                    var exit = r.Run.ExitCode is { } code ? new ExitStatus(code) : (ExitStatus?)null;
                    return Mark(r.Project, r.Run.ProcessId, exit is { } status && RunInfo.IsCrash(status) ? TimelineMarkKind.Crash : TimelineMarkKind.Exit, r.Run.EndedAt!.Value, r.Run.Id, exit, null);
                }))
                .Concat(hits.Select(h => Mark(h.Project, h.Hit.ProcessId, TimelineMarkKind.Failure, h.Hit.Time, h.Hit.RunId, null, h.Hit.LineId)))
                .OfType<TimelineMark>().OrderBy(mark => mark.Time),
        ];

        TimelineMark? Mark(int project, int process, TimelineMarkKind kind, double seconds, long run, ExitStatus? exit, long? line) =>
            of.TryGetValue((project, process), out var source) ? new TimelineMark(kind, source.Name, (long)Math.Round(seconds * 1000), run, exit, line) { Origin = source.Origin } : null;
    }
}
