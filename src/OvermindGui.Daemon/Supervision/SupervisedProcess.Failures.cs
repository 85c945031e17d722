using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Failures;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.Supervision;

internal sealed partial class SupervisedProcess : IRestartable
{
    private readonly RestartController _recovery = new(spec.Name, recorder, time, logger);

    /// <summary>What to look for in its output.</summary>
    public ActiveDeclarations Declarations { get; init; } = new(FailureAction.Restart);

    /// <summary>Does what failures call for, until the process is disposed of.</summary>
    public Task RecoverAsync() => _recovery.RunAsync(this);

    RestartableRun? IRestartable.Run => _run is { StopRequested: false } run
        ? new RestartableRun(run.Identity, run.Child.Pid, run.StartedTimestamp, run.IsBroken)
        : null;

    Task IRestartable.BreakAsync()
    {
        _run!.IsBroken = true;
        return EndAsync();
    }

    Task<CommandOutcome?> IRestartable.ComeBackAsync(string cause, Initiator by) => LaunchAsync(cause, by);

    Task<T> IRestartable.InTurnAsync<T>(Func<Task<T>> action) => InTurnAsync(action);

    async Task IRestartable.TellAsync(RestartState state)
    {
        var exit = await _run!.Child.Exited;
        recorder.Status(
            Name,
            new StatusUpdate(state.State, null, _run.Identity.RunId, _run.StartedAt, exit)
            {
                RestartAt = state.RestartAt,
                Reason = state.Reason,
                Crashes = state.Crashes,
            });
    }
}
