using System.Globalization;
using Npgsql;
using OvermindGui.Core.Application;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Reading;

/// <summary>Groups the lines of many projects that name errors. As in a project's own database, groups are not stored: an index over those lines alone counts them.</summary>
public sealed class HubErrorGroups(HubDatabase hub, TimeProvider time)
{
    // Looked through for those that no earlier run had.
    private const int MostGroups = 1_000;
    private const int LongestText = 2_000;
    private static readonly TimeSpan LongestChart = TimeSpan.FromHours(24);

    private sealed record Group(HubSource Source, long Fingerprint, long Count, long FirstId, long LastId, long LastTime);

    private sealed record Occurrence(long Time, long? Run, string Text);

    /// <summary>The groups with the newest line first; of the filter, hosts, projects, processes, run and since count.</summary>
    /// <exception cref="HubRequestException">A name is unknown.</exception>
    public async Task<ErrorsReport> ReadAsync(HubLineFilter filter, bool onlyNew, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = await HubSource.FindAsync(connection, filter, cancellationToken);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var (groups, total) = await GroupsAsync(connection, filter, sources, onlyNew ? MostGroups : limit, cancellationToken);
        var firsts = await LinesAsync(connection, groups, group => group.FirstId, cancellationToken);
        var newest = await NewestRunsAsync(connection, [.. groups.Select(g => g.Source.Project).Distinct()], cancellationToken);
        if (onlyNew)
        {
            groups = groups.FindAll(IsNew);
            total = groups.Count;
            groups = [.. groups.Take(limit)];
        }

        if (groups.Count == 0) return new ErrorsReport(1, [], total, null, null);
        var lasts = await LinesAsync(connection, groups, group => group.LastId, cancellationToken);
        var from = Math.Max(now - (long)LongestChart.TotalMilliseconds, filter.Since ?? groups.Min(g => firsts.GetValueOrDefault(g)?.Time ?? now));
        var charts = await ChartsAsync(connection, filter, groups, from, now, cancellationToken);
        return new ErrorsReport(1, [.. groups.Select(Describe)], total, LineTime.Of(from), (now - from) / 1000.0 / ErrorHistory.ChartSpans);

        bool IsNew(Group group) => firsts.GetValueOrDefault(group)?.Run is { } run && newest.GetValueOrDefault((group.Source.Project, group.Source.Process)) == run;

        ErrorReport Describe(Group group)
        {
            var (first, last) = (firsts.GetValueOrDefault(group), lasts.GetValueOrDefault(group));
            var text = last?.Text ?? "";
            return new ErrorReport(
                group.Fingerprint.ToString("x16", CultureInfo.InvariantCulture), group.Source.Name, text.Length <= LongestText ? text : text[..LongestText] + "…", group.LastId, group.Count,
                LineTime.Of(first?.Time ?? group.LastTime), LineTime.Of(last?.Time ?? group.LastTime), first?.Run, last?.Run, IsNew(group), charts.GetValueOrDefault(group))
            { Origin = group.Source.Origin };
        }
    }

    private static async Task<(List<Group> Groups, int Total)> GroupsAsync(
        NpgsqlConnection connection, HubLineFilter filter, IReadOnlyList<HubSource> sources, int limit, CancellationToken cancellationToken)
    {
        if (sources.Count == 0) return ([], 0);
        await using var read = new NpgsqlCommand { Connection = connection };
        read.CommandText = $"""
            SELECT l.project_id, l.process_id, l.fingerprint, count(*), min(l.id), max(l.id), max(l.time), count(*) OVER ()
            FROM overmind.lines l JOIN {HubSource.Table(read, sources)} ON s.project = l.project_id AND s.process = l.process_id AND l.id > s.cleared
            WHERE l.fingerprint IS NOT NULL{Narrowed(read, filter)} GROUP BY 1, 2, 3 ORDER BY max(l.time) DESC LIMIT {read.Add(limit)}
            """;
        var of = sources.ToDictionary(s => (s.Project, s.Process));
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var (groups, total) = (new List<Group>(), 0);
        while (await rows.ReadAsync(cancellationToken))
        {
            groups.Add(new Group(of[(rows.GetInt32(0), rows.GetInt32(1))], rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5), rows.GetInt64(6)));
            total = (int)rows.GetInt64(7);
        }

        return (groups, total);
    }

    private static async Task<Dictionary<Group, Occurrence>> LinesAsync(NpgsqlConnection connection, List<Group> groups, Func<Group, long> id, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<Group, Occurrence>();
        if (groups.Count == 0) return lines;
        await using var read = new NpgsqlCommand(
            "SELECT g.place, l.time, l.run_id, l.text FROM unnest($1, $2) WITH ORDINALITY g(project, line, place) JOIN overmind.lines l ON l.project_id = g.project AND l.id = g.line", connection)
        { Parameters = { new() { Value = groups.Select(g => g.Source.Project).ToArray() }, new() { Value = groups.Select(id).ToArray() } } };
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            lines[groups[(int)rows.GetInt64(0) - 1]] = new Occurrence(rows.GetInt64(1), rows.IsDBNull(2) ? null : rows.GetInt64(2), rows.GetString(3));
        return lines;
    }

    private static async Task<Dictionary<(int Project, int Process), long>> NewestRunsAsync(NpgsqlConnection connection, int[] projects, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand("SELECT project_id, process_id, max(id) FROM overmind.runs WHERE project_id = ANY($1) GROUP BY 1, 2", connection)
        { Parameters = { new() { Value = projects } } };
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var newest = new Dictionary<(int, int), long>();
        while (await rows.ReadAsync(cancellationToken)) newest[(rows.GetInt32(0), rows.GetInt32(1))] = rows.GetInt64(2);
        return newest;
    }

    private static async Task<Dictionary<Group, long[]>> ChartsAsync(
        NpgsqlConnection connection, HubLineFilter filter, List<Group> groups, long from, long to, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand { Connection = connection };
        read.CommandText = $"""
            SELECT g.place, width_bucket(l.time, {read.Add(from)}, {read.Add(Math.Max(to, from + 1))}, {read.Add(ErrorHistory.ChartSpans)}) AS part, count(*)
            FROM unnest({read.Add(groups.Select(g => g.Source.Project).ToArray())}, {read.Add(groups.Select(g => g.Source.Process).ToArray())}, {read.Add(groups.Select(g => g.Fingerprint).ToArray())},
              {read.Add(groups.Select(g => g.Source.ClearedId).ToArray())}) WITH ORDINALITY g(project, process, fingerprint, cleared, place)
            JOIN overmind.lines l ON l.project_id = g.project AND l.process_id = g.process AND l.fingerprint = g.fingerprint AND l.id > g.cleared
            WHERE l.time >= {read.Add(from)}{Narrowed(read, filter)} GROUP BY 1, 2
            """;
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var charts = groups.ToDictionary(group => group, _ => new long[ErrorHistory.ChartSpans]);
        while (await rows.ReadAsync(cancellationToken))
            charts[groups[(int)rows.GetInt64(0) - 1]][Math.Clamp(rows.GetInt32(1), 1, ErrorHistory.ChartSpans) - 1] += rows.GetInt64(2);
        return charts;
    }

    private static string Narrowed(NpgsqlCommand command, HubLineFilter filter) =>
        (filter.Run is { } run ? $" AND l.run_id = {command.Add(run)}" : "") + (filter.Since is { } since ? $" AND l.time >= {command.Add(since)}" : "")
        + (filter.Until is { } until ? $" AND l.time <= {command.Add(until)}" : "");
}
