using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Reading;

/// <summary>Which machines, projects and processes the hub knows, and how they are.</summary>
public sealed class HubCatalog(HubDatabase hub, TimeProvider time)
{
    private const string Project = HubDbContext.ProjectId;

    /// <summary>All machines by name. Of a project whose database began again from nothing, only the newest is listed.</summary>
    public async Task<IReadOnlyList<HubHost>> HostsAsync(CancellationToken cancellationToken)
    {
        await using var context = hub.CreateDbContext();
        var projects = await context.Projects.AsNoTracking()
            .Select(project => new
            {
                Project = project,
                Cursor = context.Cursors.First(c => c.ProjectId == project.Id),
                Alive = context.Cursors.Any(c => c.ProjectId == project.Id && c.Holder != null && c.LeaseUntil > DateTimeOffset.UtcNow),
            }).ToListAsync(cancellationToken);
        var current = projects.GroupBy(p => (p.Project.Host, p.Project.Folder)).Select(same => same.MaxBy(p => p.Project.Id)!).ToList();
        var processes = (await ProcessesAsync(context, [.. current.Select(p => p.Project.Id)], cancellationToken)).ToLookup(p => p.Project);
        return
        [
            .. current.GroupBy(p => p.Project.Host).OrderBy(host => host.Key, StringComparer.Ordinal).Select(host => new HubHost(
                host.Key,
                [
                    .. host.OrderBy(p => p.Project.Name, StringComparer.Ordinal).ThenBy(p => p.Project.Id).Select(p => new HubProjectInfo(
                        p.Project.Id, p.Project.Name, p.Project.Folder, p.Project.Version, p.Alive, p.Project.AllowsControl, p.Cursor.Backlog,
                        p.Cursor.ShippedAt, p.Project.ClockOffset,
                        [.. processes[p.Project.Id].Select(one => p.Alive ? one.Process : one.Process with { State = WithoutDaemon(one.Process.State), Pid = null, Attached = null })])),
                ])),
        ];
    }

    private async Task<IReadOnlyList<(int Project, HubProcess Process)>> ProcessesAsync(HubDbContext context, int[] projects, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow().AddDays(-1).ToUnixSeconds();
        var rows = await (
            from status in context.Statuses.AsNoTracking()
            where projects.Contains(EF.Property<int>(status, Project))
            from known in context.Processes.Where(k => EF.Property<int>(k, Project) == EF.Property<int>(status, Project) && k.Name == status.ProcessName).DefaultIfEmpty()
            from run in context.Runs.Where(r => EF.Property<int>(r, Project) == EF.Property<int>(status, Project) && r.Id == status.RunId).DefaultIfEmpty()
            orderby status.Position
            select new
            {
                Project = EF.Property<int>(status, Project),
                Status = status,
                Lines = known == null ? 0 : known.LineCount,
                run.StartedBy,
                Failures = known == null ? 0 : context.FailureHits.Count(h => EF.Property<int>(h, Project) == EF.Property<int>(status, Project) && h.ProcessId == known.Id && h.Time > since),
            }).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(row => (row.Project, new HubProcess(
                row.Status.ProcessName, StateOf(row.Status.Status, row.Status.ExitCode, row.Status.Crashes), row.Status.Pid, row.Status.ExitCode, row.Status.StartedAt,
                row.StartedBy, row.Status.Port, row.Status.Reason, row.Lines, row.Failures,
                row.Status.Attached?.Replace("\n", ", ", StringComparison.Ordinal)))),
        ];
    }

    private static string StateOf(string stored, int? exitCode, int? crashes) =>
        ProcessStates.Parse(stored, exitCode is { } code ? new ExitStatus(code) : null, crashes ?? 0).ToText();

    // What was up when its daemon was heard of last may be anything now.
    private static string WithoutDaemon(string state) =>
        ProcessStates.Parse(state, null, 0).IsUp() ? ProcessState.Unknown.ToText() : state;
}
