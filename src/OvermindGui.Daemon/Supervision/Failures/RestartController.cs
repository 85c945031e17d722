using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision.Failures;

/// <summary>Restarts one process after failures, and after unexpected exits if its rule says so.</summary>
internal sealed class RestartController(string process, EventRecorder recorder, TimeProvider time, ILogger logger)
{
    // The reader of the output must not block on the handling; a run queues at most one cause per declaration.
    private readonly Channel<RestartCause> _causes = Channel.CreateUnbounded<RestartCause>(new() { SingleReader = true });
    private readonly RestartBackoff _streak = new(time);
    private readonly RestartBackoff _crashes = new(time, int.MaxValue);
    private PendingRestart? _pending; // changed in turn only
    private volatile bool _endsForGood;

    private sealed record PendingRestart(RestartCause Cause, Task Wait, CancellationTokenSource Cancellation);

    /// <summary>Number of consecutive unexpected exits.</summary>
    public int Crashes => _crashes.Hits;

    /// <summary>Completes when all handling has finished, after <see cref="End"/>.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Queues a cause. Does not block.</summary>
    public void Take(RestartCause cause) => _causes.Writer.TryWrite(cause);

    /// <summary>Handles queued causes until <see cref="End"/>.</summary>
    public Task RunAsync(IRestartable subject) => Ended = FollowFailuresAsync(subject);

    /// <summary>Resets after a manual command. Returns whether a restart was pending. Call while holding the turn.</summary>
    public async Task<bool> TakeOverAsync(string what)
    {
        _streak.Clear();
        _crashes.Clear();
        if (_pending is not { } pending) return false;
        _pending = null;
        await pending.Cancellation.CancelAsync();
        await NoteOutcomeAsync(pending, FailureMessages.Cancelled(what));
        return true;
    }

    /// <summary>The daemon ends: nothing is started again.</summary>
    public void End()
    {
        _endsForGood = true;
        _causes.Writer.TryComplete();
    }

    private async Task FollowFailuresAsync(IRestartable subject)
    {
        await foreach (var cause in _causes.Reader.ReadAllAsync())
        {
            if (cause is DetectedFailure { Action: FailureAction.Notify } noted) await NoteAsync(noted);
            else if (await subject.RunExclusiveAsync(() => PrepareAsync(subject, cause)) is { } pending) await RestartWhenDueAsync(subject, pending);
        }
    }

    private Task<PendingRestart?> PrepareAsync(IRestartable subject, RestartCause cause) => cause switch
    {
        DetectedFailure failure => StopForFailureAsync(subject, failure),
        EndedByItself end => FollowEndAsync(subject, end),
        RuleViolation violation => StopForRuleAsync(subject, violation),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

    private async Task NoteAsync(DetectedFailure failure)
    {
        recorder.Notice(failure.Run, FailureMessages.Notice(failure, time), LineLevel.Warn);
        Record(failure, FailureMessages.Noted);
    }

    /// <summary>Stops the failed run; returns the pending restart, or null when there is none.</summary>
    private async Task<PendingRestart?> StopForFailureAsync(IRestartable subject, DetectedFailure failure)
    {
        // The process may have been stopped or started manually while this waited for its turn.
        if (_endsForGood || subject.Run is not { } run || run.Identity != failure.Run)
        {
            Record(failure, FailureMessages.TakenOver);
            return null;
        }

        var delay = failure.Action == FailureAction.Restart ? _streak.Hit(run.StartedTimestamp) : null;
        logger.LogWarning("{Process} (PID {Pid}) matched {Pattern}", process, run.Pid, failure.Declaration.Pattern);
        recorder.Notice(run.Identity, FailureMessages.Notice(failure, time, delay, _streak.Hits), LineLevel.Error);
        Record(failure, FailureMessages.Outcome(failure, delay));
        await subject.StopForFailureAsync();

        return await RecordAsync(subject, ProcessState.Broken, failure, delay, FailureMessages.Reason(failure));
    }

    /// <summary>Stops a run that breaks a rule. It never gives up: the delay grows while runs are short.</summary>
    private async Task<PendingRestart?> StopForRuleAsync(IRestartable subject, RuleViolation violation)
    {
        if (_endsForGood || subject.Run is not { IsBroken: false } run || run.Identity != violation.Run) return null;
        var delay = _crashes.Hit(run.StartedTimestamp)!.Value;
        logger.LogWarning("{Process} (PID {Pid}) is restarted: {Reason}", process, run.Pid, violation.Reason);
        recorder.Notice(run.Identity, FailureMessages.Notice(violation, delay, _crashes.Hits), LineLevel.Error);
        await subject.StopForFailureAsync();
        return await RecordAsync(subject, ProcessStates.BeforeRestart(_crashes.Hits), violation, delay, FailureMessages.Reason(violation, _crashes.Hits));
    }

    /// <summary>Handles an unexpected exit: schedules the next run with a delay that grows while runs are short.</summary>
    private async Task<PendingRestart?> FollowEndAsync(IRestartable subject, EndedByItself end)
    {
        if (_endsForGood || subject.Run is not { IsBroken: false } run || run.Identity != end.Run) return null;
        var delay = _crashes.Hit(run.StartedTimestamp)!.Value;
        var reason = FailureMessages.Reason(end, _crashes.Hits);
        recorder.Notice(run.Identity, FailureMessages.Notice(delay, _crashes.Hits), LineLevel.Error);
        return await RecordAsync(subject, ProcessStates.BeforeRestart(_crashes.Hits), end, delay, reason);
    }

    private async Task<PendingRestart?> RecordAsync(
        IRestartable subject, ProcessState state, RestartCause cause, TimeSpan? delay, string reason)
    {
        // Start the wait before reporting it, so that the reported time is correct.
        _pending = delay is { } wait ? Begin(cause, wait) : null;
        await subject.RecordStateAsync(new RestartState(state, time.Seconds() + delay?.TotalSeconds, reason, _crashes.Hits));
        return _pending;
    }

    private PendingRestart Begin(RestartCause cause, TimeSpan wait)
    {
        var cancellation = new CancellationTokenSource();
        return new PendingRestart(cause, Task.Delay(wait, time, cancellation.Token), cancellation);
    }

    private async Task RestartWhenDueAsync(IRestartable subject, PendingRestart pending)
    {
        using var cancellation = pending.Cancellation;
        await pending.Wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await subject.RunExclusiveAsync(async () =>
        {
            if (_pending != pending || _endsForGood) return false; // a takeover or the end handles the pending restart
            _pending = null;
            var failure = await (pending.Cause switch
            {
                DetectedFailure { Declaration.Pattern: var pattern } => subject.RestartAsync("failure", new Initiator(InitiatorKind.FailureDeclaration, pattern)),
                RuleViolation violation => subject.RestartAsync(violation.Cause, violation.By),
                _ => subject.RestartAsync("auto-restart", Initiator.RestartRule),
            });
            await NoteOutcomeAsync(pending, failure?.Message ?? FailureMessages.Restarted);
            return true;
        });
    }

    private void Record(DetectedFailure failure, string outcome) =>
        recorder.Failure(failure.Run, failure.Declaration.Pattern, failure.Action, failure.Text, failure.Time, outcome);

    // Only a failure has a history to note it in.
    private async Task NoteOutcomeAsync(PendingRestart pending, string outcome)
    {
        if (pending.Cause is DetectedFailure) recorder.FailureOutcome(pending.Cause.Run, outcome);
    }
}
