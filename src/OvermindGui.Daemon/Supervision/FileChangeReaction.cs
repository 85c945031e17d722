using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>What a run gets when its files have changed, where its rule names something else than a restart.</summary>
/// <param name="commandOf">Makes a command in the process's folder, with its variables.</param>
internal sealed class FileChangeReaction(ActiveRun run, EventRecorder recorder, Func<string, CompanionCommand> commandOf)
{
    /// <param name="what">The changed files, as they are shown.</param>
    public async Task CarryOutAsync(WatchRule rule, string what, CancellationToken cancellationToken)
    {
        if (rule.Signal is { } signal) Send(signal, what);
        else if (rule.Command is { } command) await RunAsync(command, what, cancellationToken);
    }

    // To the process itself, not to its group.
    private void Send(ReloadSignal signal, string what)
    {
        recorder.Notice(run.Identity, $"{signal.ToText()} sent: {what} changed");
        run.Child.Processes.SignalLeader((int)signal);
    }

    // What it prints goes into the log.
    private async Task RunAsync(string command, string what, CancellationToken cancellationToken)
    {
        recorder.Notice(run.Identity, $"Running \"{command}\": {what} changed");
        var exit = await commandOf(command).RunAsync(line => recorder.Notice(run.Identity, line), cancellationToken);
        recorder.Notice(run.Identity, $"\"{command}\" {exit}", exit is { IsSuccess: true } ? LineLevel.None : LineLevel.Error);
    }
}
