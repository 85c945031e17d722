using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Failures;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Supervision;

internal sealed partial class SupervisedProcess
{
    // Whoever reads the output must not wait for what follows; a run puts few in here, one per declaration at most.
    private readonly Channel<DetectedFailure> _failures = Channel.CreateUnbounded<DetectedFailure>(new() { SingleReader = true });
    private readonly FailureStreak _streak = new(time);
    private Task _recovery = Task.CompletedTask;
    private PendingRestart? _pending; // changed in turn only
    private volatile bool _endsForGood;

    /// <summary>What to look for in its output.</summary>
    public DeclarationsInForce Declarations { get; init; } = new(FailureAction.Restart);

    private sealed record PendingRestart(RunIdentity Run, TimeSpan Delay, CancellationTokenSource Cancellation);

    /// <summary>Does what failures call for, until the process is disposed of.</summary>
    public Task RecoverAsync() => _recovery = FollowFailuresAsync();

    private async Task FollowFailuresAsync()
    {
        await foreach (var failure in _failures.Reader.ReadAllAsync())
        {
            if (failure.Action == FailureAction.Notify) await NoteAsync(failure);
            else if (await InTurnAsync(() => BreakAsync(failure)) is { } pending) await ComeBackAsync(pending);
        }
    }

    private async Task NoteAsync(DetectedFailure failure)
    {
        await journal.NoticeAsync(failure.Run, FailureWords.Notice(failure, time));
        await journal.FailureAsync(failure, FailureWords.Noted);
    }

    /// <summary>Stops the run that failed; returns the restart that is due, or null when there will be none.</summary>
    private async Task<PendingRestart?> BreakAsync(DetectedFailure failure)
    {
        // While this waited for its turn a person may have stopped or started it.
        if (_endsForGood || _run is not { StopRequested: false } run || run.Identity != failure.Run)
        {
            await journal.FailureAsync(failure, FailureWords.TakenOver);
            return null;
        }

        var delay = failure.Action == FailureAction.Restart ? _streak.Hit(run.StartedTimestamp) : null;
        logger.LogWarning("{Process} (PID {Pid}) matched {Pattern}", Name, run.Child.Pid, failure.Declaration.Pattern);
        await journal.NoticeAsync(run.Identity, FailureWords.Notice(failure, time, delay, _streak.Hits));
        await journal.FailureAsync(failure, FailureWords.Outcome(failure, delay));
        run.IsBroken = true;
        await EndAsync(); // or it has ended by itself: then this waits for all that follows from that

        _pending = delay is { } wait ? new PendingRestart(run.Identity, wait, new CancellationTokenSource()) : null;
        await StatusAsync(ProcessState.Broken, _pending is null ? null : time.Seconds() + _pending.Delay.TotalSeconds);
        return _pending;
    }

    private async Task ComeBackAsync(PendingRestart pending)
    {
        using var cancellation = pending.Cancellation;
        await Task.Delay(pending.Delay, time, cancellation.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await InTurnAsync(async () =>
        {
            if (_pending != pending) return false;
            _pending = null;
            var failure = await LaunchAsync("failure");
            await journal.FailureOutcomeAsync(pending.Run, failure?.Message ?? FailureWords.Restarted);
            return true;
        });
    }

    /// <summary>A person decides what becomes of the process, whatever its failures. True when it would have been started again.</summary>
    private async Task<bool> TakeOverAsync(string what)
    {
        _streak.Clear();
        if (_pending is not { } pending) return false;
        _pending = null;
        await pending.Cancellation.CancelAsync();
        await journal.FailureOutcomeAsync(pending.Run, FailureWords.Cancelled(what));
        return true;
    }

    private void EndRecovery()
    {
        _endsForGood = true;
        _failures.Writer.TryComplete();
    }

    private async Task StatusAsync(ProcessState state, double? restartAt)
    {
        var exit = await _run!.Child.Exited;
        await journal.StatusAsync(
            Name, new StatusUpdate(state, null, _run.Identity.RunId, _run.StartedAt, exit) { RestartAt = restartAt });
    }
}
