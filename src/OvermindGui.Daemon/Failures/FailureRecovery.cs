using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Failures;

/// <summary>What follows from the failures of one process.</summary>
internal sealed class FailureRecovery(string process, Journal journal, TimeProvider time, ILogger logger)
{
    // Whoever reads the output must not wait for what follows; a run puts few in here, one per declaration at most.
    private readonly Channel<DetectedFailure> _failures = Channel.CreateUnbounded<DetectedFailure>(new() { SingleReader = true });
    private readonly FailureStreak _streak = new(time);
    private PendingRestart? _pending; // changed in turn only
    private volatile bool _endsForGood;

    private sealed record PendingRestart(RunIdentity Run, TimeSpan Delay, CancellationTokenSource Cancellation);

    /// <summary>Completes when everything is done, after <see cref="End"/>.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Takes a failure. Does not wait.</summary>
    public void Take(DetectedFailure failure) => _failures.Writer.TryWrite(failure);

    /// <summary>Does what failures call for, until it is ended.</summary>
    public Task RunAsync(IRecoverable subject) => Ended = FollowFailuresAsync(subject);

    /// <summary>A person decides what becomes of the process, whatever its failures. True when it would have been started again. In turn.</summary>
    public async Task<bool> TakeOverAsync(string what)
    {
        _streak.Clear();
        if (_pending is not { } pending) return false;
        _pending = null;
        await pending.Cancellation.CancelAsync();
        await journal.FailureOutcomeAsync(pending.Run, FailureWords.Cancelled(what));
        return true;
    }

    /// <summary>The daemon ends: nothing is started again.</summary>
    public void End()
    {
        _endsForGood = true;
        _failures.Writer.TryComplete();
    }

    private async Task FollowFailuresAsync(IRecoverable subject)
    {
        await foreach (var failure in _failures.Reader.ReadAllAsync())
        {
            if (failure.Action == FailureAction.Notify) await NoteAsync(failure);
            else if (await subject.InTurnAsync(() => BreakAsync(subject, failure)) is { } pending) await ComeBackAsync(subject, pending);
        }
    }

    private async Task NoteAsync(DetectedFailure failure)
    {
        await journal.NoticeAsync(failure.Run, FailureWords.Notice(failure, time));
        await journal.FailureAsync(failure, FailureWords.Noted);
    }

    /// <summary>Stops the run that failed; returns the restart that is due, or null when there will be none.</summary>
    private async Task<PendingRestart?> BreakAsync(IRecoverable subject, DetectedFailure failure)
    {
        // While this waited for its turn a person may have stopped or started it.
        if (_endsForGood || subject.Run is not { } run || run.Identity != failure.Run)
        {
            await journal.FailureAsync(failure, FailureWords.TakenOver);
            return null;
        }

        var delay = failure.Action == FailureAction.Restart ? _streak.Hit(run.StartedTimestamp) : null;
        logger.LogWarning("{Process} (PID {Pid}) matched {Pattern}", process, run.Pid, failure.Declaration.Pattern);
        await journal.NoticeAsync(run.Identity, FailureWords.Notice(failure, time, delay, _streak.Hits));
        await journal.FailureAsync(failure, FailureWords.Outcome(failure, delay));
        await subject.BreakAsync();

        _pending = delay is { } wait ? new PendingRestart(run.Identity, wait, new CancellationTokenSource()) : null;
        await subject.TellAsync(ProcessState.Broken, _pending is null ? null : time.Seconds() + _pending.Delay.TotalSeconds);
        return _pending;
    }

    private async Task ComeBackAsync(IRecoverable subject, PendingRestart pending)
    {
        using var cancellation = pending.Cancellation;
        await Task.Delay(pending.Delay, time, cancellation.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await subject.InTurnAsync(async () =>
        {
            if (_pending != pending || _endsForGood) return false; // whoever ends it takes over what is pending
            _pending = null;
            var failure = await subject.ComeBackAsync();
            await journal.FailureOutcomeAsync(pending.Run, failure?.Message ?? FailureWords.Restarted);
            return true;
        });
    }
}
