using OvermindGui.Core.Failures;
using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Failures;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Supervision;

internal sealed partial class SupervisedProcess : IRecoverable
{
    private readonly FailureRecovery _recovery = new(spec.Name, journal, time, logger);

    /// <summary>What to look for in its output.</summary>
    public DeclarationsInForce Declarations { get; init; } = new(FailureAction.Restart);

    /// <summary>Does what failures call for, until the process is disposed of.</summary>
    public Task RecoverAsync() => _recovery.RunAsync(this);

    RecoverableRun? IRecoverable.Run => _run is { StopRequested: false } run
        ? new RecoverableRun(run.Identity, run.Child.Pid, run.StartedTimestamp, run.IsBroken)
        : null;

    Task IRecoverable.BreakAsync()
    {
        _run!.IsBroken = true;
        return EndAsync();
    }

    Task<CommandOutcome?> IRecoverable.ComeBackAsync(string cause) => LaunchAsync(cause);

    Task<T> IRecoverable.InTurnAsync<T>(Func<Task<T>> action) => InTurnAsync(action);

    async Task IRecoverable.TellAsync(RecoveryState state)
    {
        var exit = await _run!.Child.Exited;
        await journal.StatusAsync(
            Name,
            new StatusUpdate(state.State, null, _run.Identity.RunId, _run.StartedAt, exit)
            {
                RestartAt = state.RestartAt,
                Reason = state.Reason,
                Crashes = state.Crashes,
            });
    }
}
