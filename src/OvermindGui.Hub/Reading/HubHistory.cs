using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Output;
using OvermindGui.Core.Resources;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Reading;

/// <summary>What happened to the processes of many projects, and what they used: runs, failures, measurements.</summary>
public sealed class HubHistory(HubDatabase hub, TimeProvider time)
{
    private const string Project = HubDbContext.ProjectId;

    // A measurement older than this says nothing of now: a daemon takes one every 30 s.
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(90);

    /// <summary>The newest runs of a process, newest first.</summary>
    /// <param name="project">The project's number in the hub.</param>
    /// <exception cref="HubRequestException">There is no such process.</exception>
    public async Task<IReadOnlyList<RunInfo>> RunsAsync(int project, string process, int limit, CancellationToken cancellationToken)
    {
        await CheckAsync(project, process, cancellationToken);
        await using var context = hub.CreateDbContext();
        var runs = context.Runs.AsNoTracking().Where(r => EF.Property<int>(r, Project) == project
            && context.Processes.Any(p => EF.Property<int>(p, Project) == project && p.Name == process && p.Id == r.ProcessId));
        var count = await runs.CountAsync(cancellationToken);
        var newest = await runs.OrderByDescending(r => r.Id).Take(limit).ToListAsync(cancellationToken);
        return
        [
            .. newest.Select((run, i) => new RunInfo(
                run.Id, count - i, UnixTime.FromSeconds(run.StartedAt), run.EndedAt is { } ended ? UnixTime.FromSeconds(ended) : null,
                run.ExitCode is { } code ? new ExitStatus(code) : null, run.Cause)
            { Process = process, Session = run.DaemonId, StartedBy = run.StartedBy }),
        ];
    }

    /// <summary>The newest lines that matched failure declarations, newest first; of the filter, hosts, projects, processes and since count.</summary>
    /// <exception cref="HubRequestException">A name is unknown.</exception>
    public async Task<IReadOnlyList<FailureHitInfo>> FailuresAsync(HubLineFilter filter, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = (await HubSource.FindAsync(connection, filter, cancellationToken)).ToDictionary(s => (s.Project, s.Process));
        var (projects, processes) = (sources.Keys.Select(k => k.Project).Distinct().ToArray(), sources.Keys.Select(k => k.Process).Distinct().ToArray());
        var since = (filter.Since ?? 0) / 1000.0;
        await using var context = hub.CreateDbContext();
        var hits = await context.FailureHits.AsNoTracking()
            .Where(h => projects.Contains(EF.Property<int>(h, Project)) && processes.Contains(h.ProcessId) && h.Time >= since)
            .OrderByDescending(h => h.Time).Take(limit * 2).Select(h => new { Project = EF.Property<int>(h, Project), Hit = h }).ToListAsync(cancellationToken);
        return
        [
            .. hits.Where(h => sources.ContainsKey((h.Project, h.Hit.ProcessId))).Take(limit).Select(h =>
            {
                var source = sources[(h.Project, h.Hit.ProcessId)];
                return new FailureHitInfo(
                    h.Hit.Id, source.Name, h.Hit.RunId, h.Hit.LineId, h.Hit.Pattern, h.Hit.LineId <= source.ClearedId ? FailureHistory.Cleared : h.Hit.Text, UnixTime.FromSeconds(h.Hit.Time),
                    FailureActions.Parse(h.Hit.Action) ?? FailureAction.Restart, h.Hit.Outcome)
                { Origin = source.Origin };
            }),
        ];
    }

    /// <summary>What a process used within a time, oldest first, at most <paramref name="most"/> points.</summary>
    /// <param name="project">The project's number in the hub.</param>
    /// <exception cref="HubRequestException">There is no such process.</exception>
    public async Task<IReadOnlyList<ResourcePoint>> ResourcesAsync(int project, string process, DateTimeOffset since, DateTimeOffset until, int most, CancellationToken cancellationToken)
    {
        await CheckAsync(project, process, cancellationToken);
        var (from, to) = (since.ToUnixSeconds(), until.ToUnixSeconds());
        await using var context = hub.CreateDbContext();
        var samples = await context.ResourceSamples.AsNoTracking()
            .Where(s => EF.Property<int>(s, Project) == project && s.Time >= from && s.Time <= to
                && context.Processes.Any(p => EF.Property<int>(p, Project) == project && p.Name == process && p.Id == s.ProcessId))
            .OrderBy(s => s.Time).ToListAsync(cancellationToken);
        return ResourceHistory.Points(samples, from, to, most);
    }

    /// <summary>What each process that runs used last.</summary>
    public async Task<IReadOnlyDictionary<(int Project, string Process), (double Cpu, long Memory)>> UsedNowAsync(CancellationToken cancellationToken)
    {
        var since = (time.GetUtcNow() - LongestAge).ToUnixSeconds();
        await using var context = hub.CreateDbContext();
        var rows = await (
            from status in context.Statuses.AsNoTracking()
            where status.Pid != null
            from sample in context.ResourceSamples.Where(s => EF.Property<int>(s, Project) == EF.Property<int>(status, Project) && s.RunId == status.RunId && s.Time > since
                && context.Processes.Any(p => EF.Property<int>(p, Project) == EF.Property<int>(status, Project) && p.Name == status.ProcessName && p.Id == s.ProcessId))
                .OrderByDescending(s => s.Time).Take(1)
            select new { Project = EF.Property<int>(status, Project), status.ProcessName, sample.Cpu, sample.Memory }).ToListAsync(cancellationToken);
        return rows.ToDictionary(r => (r.Project, r.ProcessName), r => (r.Cpu, r.Memory));
    }

    private async Task CheckAsync(int project, string process, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        await HubSource.FindAsync(connection, new HubLineFilter { Projects = [project.ToString(CultureInfo.InvariantCulture)], Processes = [process] }, cancellationToken);
    }
}
