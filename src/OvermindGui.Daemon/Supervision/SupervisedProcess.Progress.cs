using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Readiness;

namespace OvermindGui.Daemon.Supervision;

// How far it has come: what others that depend on it wait for.
internal sealed partial class SupervisedProcess
{
    /// <summary>It is to be started once what it depends on is there.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Whether those that wait for this have waited long enough.</summary>
    public bool Has(DependencyCondition reached) => reached switch
    {
        DependencyCondition.Started => _run is not null,
        DependencyCondition.Ready => _run is { HasExited: false } run && (Plan.Ready is null || run.IsReady) || HasCompleted,
        DependencyCondition.Completed => HasCompleted,
        _ => throw new ArgumentOutOfRangeException(nameof(reached), reached, null),
    };

    /// <summary>What keeps it from getting there, in words; null while that is only a matter of time.</summary>
    public string? Obstacle(DependencyCondition condition) => _run switch
    {
        null => null,
        { HasExited: true, StopRequested: true } => "it was stopped",
        { HasExited: true } ended when !(condition == DependencyCondition.Completed && HasCompleted) => $"it {Words(ended.Child.Exited.Result)}",
        { ReadyProblem: { } problem } => $"it is {problem}",
        _ => null,
    };

    private bool HasCompleted => _run is { StopRequested: false, HasExited: true } run && run.Child.Exited.Result is { IsSuccess: true };

    /// <summary>Shows that it waits, and for what.</summary>
    /// <param name="begin">It did not wait before.</param>
    public Task WaitAsync(string reason, bool begin) => InTurnAsync(async () =>
    {
        if (begin ? _run is { HasExited: false } : !IsWaiting) return false; // a person was faster
        IsWaiting = true;
        recorder.Status(Name, new StatusUpdate(ProcessState.Waiting, null, null, null, null) { Reason = reason });
        return true;
    });

    /// <summary>Starts it, unless a person has decided otherwise meanwhile.</summary>
    public Task StartIfWaitingAsync(string cause, Initiator by) => InTurnAsync(async () => IsWaiting ? await StartInTurnAsync(cause, by) : null);

    private async Task TellStoppedAsync()
    {
        IsWaiting = false;
        var exit = _run is null ? null : await _run.Child.Exited;
        recorder.Status(Name, new StatusUpdate(ProcessState.Stopped, null, _run?.Identity.RunId, _run?.StartedAt, exit) { Reason = Plan.LeftOut });
    }

    private void TellRunning(ActiveRun run, string? reason = null) => recorder.Status(
        Name,
        new StatusUpdate(ProcessState.Running, run.Child.Pid, run.Identity.RunId, run.StartedAt, null)
        {
            Reason = reason,
            Crashes = _recovery.Crashes,
            Ready = Plan.Ready is null ? null : run.IsReady,
        });

    /// <summary>Looks until the run is ready or ends. That it is late is told once; a slow one may still come.</summary>
    private async Task BecomeReadyAsync(ActiveRun run, ReadyCheck check)
    {
        while (await LookAsync(run, check) is { } result)
        {
            if (!result.IsReady && run.ReadyProblem is not null) continue;
            (run.IsReady, run.ReadyProblem) = (result.IsReady, result.Problem);
            var after = time.GetElapsedTime(run.StartedTimestamp).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
            recorder.Notice(run.Identity, result.IsReady ? $"Ready after {after} s" : $"It is {result.Problem}");
            await TellReadinessAsync(run);
            changes.Tell();
            if (result.IsReady) return;
        }
    }

    private async Task<ReadyResult?> LookAsync(ActiveRun run, ReadyCheck check)
    {
        try
        {
            run.Probe = ReadyProbe.For(check, command => launcher.BesideRun(_spec, run.Identity, command), time);
            return await run.Probe.RunAsync(run.Over);
        }
        catch (OperationCanceledException) when (run.Over.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task TellReadinessAsync(ActiveRun run)
    {
        try
        {
            await _turn.WaitAsync(run.Over);
        }
        catch (OperationCanceledException)
        {
            return; // whoever ends it has its turn, and tells what comes of it
        }

        try
        {
            if (!run.StopRequested && !run.HasExited) TellRunning(run, run.ReadyProblem);
        }
        finally
        {
            _turn.Release();
        }
    }
}
