using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Registry;

/// <summary>
/// Reads how each registered project is, side by side: one whose database is damaged, or whose file system does not answer, holds up none of the
/// others. A project whose data is gone leaves the list.
/// </summary>
public sealed class ProjectsQuery(UserState state, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ProjectRegistry _registry = new(state);
    private readonly DashboardRegistry _dashboards = new(state);

    /// <summary>All of them, by name.</summary>
    /// <exception cref="IOException">The registry cannot be read, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">The registry may not be read.</exception>
    public async Task<IReadOnlyList<ProjectReport>> ReadAsync(CancellationToken cancellationToken)
    {
        var dashboards = _dashboards.Read();
        var reports = await Task.WhenAll(_registry.Read().Select(project => ReadAsync(project, [.. dashboards[project.Place]], cancellationToken)));
        return [.. reports.OfType<ProjectReport>()];
    }

    // On a thread of its own: nothing ends a call into a file system that does not answer.
    private async Task<ProjectReport?> ReadAsync(RegisteredProject project, IReadOnlyList<Uri> dashboards, CancellationToken cancellationToken)
    {
        var reading = Task.Factory.StartNew(() => Read(project, dashboards), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await reading.WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Unreadable(project, dashboards, $"it does not answer within {Patience.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            return Unreadable(project, dashboards, e.Message);
        }
    }

    private ProjectReport? Read(RegisteredProject project, IReadOnlyList<Uri> dashboards)
    {
        var folder = project.Folder;
        if (OwnFiles.FindProblem(folder) is { } problem) return Unreadable(project, dashboards, problem);
        var database = OvermindDatabase.In(folder);
        var alive = DaemonLock.IsHeld(folder);
        if (!alive && FileStatus.Of(folder.Database) is null)
        {
            _registry.Remove(project);
            return null;
        }

        if (!alive && !database.IsReady()) return Unreadable(project, dashboards, "its database is damaged; the next start sets it aside and begins a new one");
        var snapshot = new SystemReader(database).Read();
        var daemon = DaemonReader.ReadLast(database);
        var used = alive ? new ResourceHistory(database).Latest(time) : new Dictionary<string, ResourcePoint>();
        return Blank(project, dashboards) with
        {
            State = alive ? ProjectReport.RunningState : ProjectReport.StoppedState,
            Processes = snapshot.Processes.Count,
            Running = snapshot.Processes.Count(p => p.State == ProcessState.Running),
            Failed = snapshot.Processes.Count(p => p.State is ProcessState.Dead or ProcessState.Broken or ProcessState.CrashLoop),
            Ports = [.. snapshot.Processes.SelectMany(p => p.TcpPorts).Distinct().Order()],
            Since = alive ? daemon?.StartedAt : daemon?.EndedAt ?? daemon?.StartedAt,
            Pid = alive ? snapshot.DaemonPid : null,
            Cpu = used.Count > 0 ? Math.Round(used.Values.Sum(u => u.Cpu), 1) : null,
            Memory = used.Count > 0 ? used.Values.Sum(u => u.Memory) : null,
            StoredBytes = snapshot.StoredBytes,
            Problem = alive ? null : FolderTrust.FindProblem(folder),
        };
    }

    private static ProjectReport Unreadable(RegisteredProject project, IReadOnlyList<Uri> dashboards, string problem) =>
        Blank(project, dashboards) with { State = ProjectReport.UnreadableState, Problem = problem };

    private static ProjectReport Blank(RegisteredProject project, IReadOnlyList<Uri> dashboards) => new(
        project.Name, project.Root, project.Data == project.Root ? null : project.Data, ProjectReport.UnreadableState, 0, 0, 0, dashboards, [], null, null, null, null, 0, null);
}
