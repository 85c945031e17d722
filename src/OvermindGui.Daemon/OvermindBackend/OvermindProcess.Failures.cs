using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.OvermindBackend;

// What becomes of it when a line matches a failure declaration.
internal sealed partial class OvermindProcess : IRestartable
{
    private readonly RestartController _recovery = new(name, recorder, time, logger);
    private volatile bool _endsForGood;

    RestartableRun? IRestartable.Run => _run is { StopRequested: false, Pid: { } pid } run
        ? new RestartableRun(run.Identity, pid, run.StartedTimestamp, run.IsBroken)
        : null;

    /// <summary>Does what failures call for, until <see cref="EndRecoveryAsync"/>.</summary>
    public Task RecoverAsync() => _recovery.RunAsync(this);

    /// <summary>The daemon ends: from now on nothing is started.</summary>
    public void EndForGood()
    {
        _endsForGood = true;
        _recovery.End();
    }

    /// <summary>Completes when the last failure has had its consequences. Overmind has ended by then.</summary>
    public async Task EndRecoveryAsync()
    {
        EndForGood();
        await StopAsync();
        await _recovery.Ended;
    }

    async Task IRestartable.BreakAsync()
    {
        var run = _run!;
        run.IsBroken = true;
        if (run.IsUp && await EndAsync(run, "stop") is { } failure) recorder.Notice(run.Identity, failure.Message);
    }

    // It may have been restarted at overmind's own command line in the meantime.
    async Task<CommandOutcome?> IRestartable.ComeBackAsync(string cause, Initiator by) => _run is { IsUp: true } ? null : await LaunchAsync(cause, by);

    Task IRestartable.TellAsync(RestartState state) => StatusAsync(state);

    private Task StatusAsync(RestartState state) => gate.RunAsync(async () =>
    {
        var run = _run!;
        recorder.Status(
            name, new StatusUpdate(state.State, null, run.Identity.RunId, run.StartedAt, run.Exit) { RestartAt = state.RestartAt, Reason = state.Reason });
    });
}
