using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Registry;

/// <summary>
/// All projects of a user, to look at and to start, stop and open from elsewhere. Only what is in the list can be started, and only when no one else could
/// have written its commands. The daemon gets the options that it was last started with, as arguments and without a shell.
/// </summary>
/// <param name="executable">This program.</param>
public sealed class UserProjects(UserState state, SelfExecutable executable, TimeProvider time)
{
    private readonly ProjectRegistry _registry = new(state);
    private readonly DashboardRegistry _dashboards = new(state);
    private readonly ProjectsQuery _query = new(state, time);

    /// <summary>How each of them is, by name.</summary>
    /// <exception cref="IOException">The list cannot be read, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">The list may not be read.</exception>
    public Task<IReadOnlyList<ProjectReport>> ReadAsync(CancellationToken cancellationToken) => _query.ReadAsync(cancellationToken);

    /// <summary>The project of this name; null when there is none.</summary>
    /// <inheritdoc cref="ReadAsync" path="exception"/>
    public RegisteredProject? Find(string name) => _registry.Find(name);

    /// <summary>Starts its daemon.</summary>
    public async Task<CommandOutcome> StartAsync(RegisteredProject project, CancellationToken cancellationToken)
    {
        var folder = project.Folder;
        if (ProblemOf(folder) is { } problem) return new CommandOutcome(false, problem);
        if (DaemonLock.IsHeld(folder)) return new CommandOutcome(true, $"{project.Name} is running already");
        var failure = await new DaemonLauncher(executable, project.Arguments) { IsForOther = true }.StartAsync(folder, cancellationToken);
        return failure is null ? new CommandOutcome(true, $"Started {project.Name}") : new CommandOutcome(false, failure);
    }

    /// <summary>Stops its processes and its daemon.</summary>
    public async Task<CommandOutcome> StopAsync(RegisteredProject project, Initiator initiator, CancellationToken cancellationToken)
    {
        var folder = project.Folder;
        if (OwnFiles.FindProblem(folder) is { } problem) return new CommandOutcome(false, problem);
        if (!DaemonLock.IsHeld(folder)) return new CommandOutcome(true, $"{project.Name} is not running");
        var outcome = await new CommandClient(OvermindDatabase.In(folder), time, initiator).QuitAsync(cancellationToken);
        return outcome.Succeeded ? new CommandOutcome(true, $"Stopped {project.Name}") : outcome;
    }

    /// <summary>The address of its dashboard. Starts one if there is none; it ends with the daemon.</summary>
    /// <returns>The address as the message of a success.</returns>
    public async Task<CommandOutcome> OpenAsync(RegisteredProject project, CancellationToken cancellationToken)
    {
        if (_dashboards.Read()[project.Place].FirstOrDefault() is { } address) return new CommandOutcome(true, address.ToString());
        var folder = project.Folder;
        if (ProblemOf(folder) is { } problem) return new CommandOutcome(false, problem);
        if (!DaemonLock.IsHeld(folder)) return new CommandOutcome(false, $"{project.Name} is not running; start it first");
        var (ready, failure) = await BackgroundStart.RunAsync(
            executable, ["web", DaemonLauncher.DetachedOption, "--no-ui", "--working-dir", folder.Root, "--data", folder.Data], folder.Root, isOther: true, cancellationToken);
        return ready is not null ? new CommandOutcome(true, ready) : new CommandOutcome(false, failure.Length > 0 ? failure : "The dashboard ended at once");
    }

    private static string? ProblemOf(ProjectFolder folder) =>
        !Directory.Exists(folder.Root) ? $"there is no folder {folder.Root}" : OwnFiles.FindProblem(folder) ?? FolderTrust.FindProblem(folder);
}
