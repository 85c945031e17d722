using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Records the states of one process, each with what readers show beside it.</summary>
internal sealed class ProcessStateRecorder(string process, EventRecorder recorder, RestartController restarts)
{
    /// <summary>It waits for another process.</summary>
    public void Waiting(string reason) => Record(new StatusUpdate(ProcessState.Waiting, null, null, null, null) { Reason = reason });

    public void Starting(RunIdentity run, double startedAt) =>
        Record(new StatusUpdate(ProcessState.Starting, null, run.RunId, startedAt, null) { Crashes = restarts.Crashes });

    /// <param name="reason">Why it is not as it should be; null when it is.</param>
    public void Running(ActiveRun run, PlannedProcess plan, string? reason = null) => Record(
        new StatusUpdate(ProcessState.Running, run.Child.Pid, run.Identity.RunId, run.StartedAt, null)
        {
            Reason = reason,
            Crashes = restarts.Crashes,
            Ready = plan.Ready is null ? null : run.Health.IsReady,
            Healthy = plan.Liveness is null ? null : run.Health.HealthProblem is null,
        });

    public void Stopping(ActiveRun run) =>
        Record(new StatusUpdate(ProcessState.Stopping, run.Child.Pid, run.Identity.RunId, run.StartedAt, null));

    /// <summary>It is down and was asked to be.</summary>
    /// <param name="run">Its last run; null when there was none.</param>
    /// <param name="reason">Why it does not start; null when it may.</param>
    public async Task StoppedAsync(ActiveRun? run, string? reason)
    {
        var exit = run is null ? null : await run.Child.Exited;
        Record(new StatusUpdate(ProcessState.Stopped, null, run?.Identity.RunId, run?.StartedAt, exit) { Reason = reason });
    }

    /// <summary>Its run has exited.</summary>
    public void Exited(ProcessState state, ActiveRun run, ExitStatus? exit) =>
        Record(new StatusUpdate(state, null, run.Identity.RunId, run.StartedAt, exit) { Crashes = restarts.Crashes });

    public void NotStarted(FailedLaunch failed) =>
        Record(Of(ProcessState.Dead, failed) with { Reason = failed.Reason, Crashes = restarts.Crashes });

    /// <summary>What comes after an end: a restart that is due, or none.</summary>
    /// <param name="failed">Null when the run did start.</param>
    public async Task RestartAsync(RestartState state, FailedLaunch? failed, ActiveRun? run)
    {
        var update = failed is not null
            ? Of(state.State, failed)
            : new StatusUpdate(state.State, null, run!.Identity.RunId, run.StartedAt, await run.Child.Exited);
        Record(update with { RestartAt = state.RestartAt, Reason = state.Reason, Crashes = state.Crashes });
    }

    private static StatusUpdate Of(ProcessState state, FailedLaunch failed) =>
        new(state, null, failed.Identity.RunId, failed.StartedAt, FailedLaunch.Exit);

    private void Record(StatusUpdate update) => recorder.Status(process, update);
}
