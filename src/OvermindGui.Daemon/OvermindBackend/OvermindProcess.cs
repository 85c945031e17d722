using System.Buffers;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// A Procfile entry that overmind runs. Commands to it run one after the other, and complete when overmind reports the requested
/// change. What overmind prints, what it answers and what is asked of it change the same states, so each of these changes runs within the gate.
/// </summary>
internal sealed class OvermindProcess(
    int id, string name, TerminalSize window, ActiveDeclarations declarations, OvermindClient client, AsyncLock gate, StateSignal changes,
    EventRecorder recorder, RunNumbers runs, WriteQueue queue, StopPolicy stopPolicy, TimeProvider time, ILogger<OvermindProcess> logger) : IRestartable
{
    public const string WhyNotListed =
        "it wants a space behind the colon, nothing before the name, and a name that OVERMIND_PROCESSES and OVERMIND_IGNORED_PROCESSES let pass";

    // The cause of a start that did not come from us: a restart at overmind's own command line.
    private const string OwnCause = "overmind";

    private static readonly ExitStatus Killed = new(128 + 9);

    // A start usually takes 100 to 200 ms, and longer under load.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    // Overmind checks its processes ten times per second, so its table can be out of date for that long.
    private static readonly TimeSpan Doubt = TimeSpan.FromMilliseconds(300);

    // Overmind prints a PID as soon as it has it, and its table has it a second or two later.
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(3);
    private const int MostHeld = 256 * 1024;

    private readonly AsyncLock _turn = new();
    private readonly RestartController _recovery = new(name, recorder, time, logger);
    private volatile OvermindRun? _run;
    private volatile bool _overmindHasEnded;
    private volatile bool _endsForGood;
    private string _nextCause = "daemon start";
    private Initiator _nextInitiator = Initiator.Daemon;
    private int _started;

    // The row of overmind's table, and when its output was last heeded.
    private OvermindStatus? _seen;
    private long _seenSince;
    private long _heededAt;

    public string Name => name;

    /// <summary>Whether overmind lists it: overmind skips some lines that we accept, and the user may have excluded some.</summary>
    public bool IsListed { get; private set; }

    /// <summary>True once it has run, or never will.</summary>
    public bool HasBegun => _run?.Pid is not null || !IsListed;

    /// <summary>The run that goes on; null when it is not running.</summary>
    public RunningProcess? Running => _run is { IsUp: true, Pid: { } pid } run ? new RunningProcess(name, name, run.Identity, pid, run.StartedTimestamp) : null;

    /// <summary>Has a run replaced that breaks a rule. Returns at once.</summary>
    public void RestartFor(RuleViolation violation) => _recovery.Take(violation);

    public Task<CommandOutcome> StartAsync(Initiator by) => RunExclusiveAsync(async () =>
    {
        await _recovery.TakeOverAsync("started");
        return _run is { IsUp: true } running
            ? new CommandOutcome(true, $"{name} is already running (PID {running.Pid})")
            : await LaunchAsync("start", by) ?? new CommandOutcome(true, $"Started {name}");
    });

    public Task<CommandOutcome> StopAsync(Initiator? by = null) => RunExclusiveAsync(async () =>
    {
        var wouldRestart = await _recovery.TakeOverAsync("stopped");
        if (_run is { IsUp: true } run) return await EndAsync(run, "stop", by) ?? new CommandOutcome(true, $"Stopped {name}");
        if (wouldRestart) await StatusAsync(new RestartState(ProcessState.Stopped, null, null, 0));
        return new CommandOutcome(true, wouldRestart ? $"Stopped {name}" : $"{name} is not running");
    });

    public Task<CommandOutcome> RestartAsync(Initiator by) => RunExclusiveAsync(async () =>
    {
        await _recovery.TakeOverAsync("restarted");
        var failure = _run is { IsUp: true } run ? await RestartAsync(run, by) : await LaunchAsync("restart", by);
        return failure ?? new CommandOutcome(true, $"Restarted {name}");
    });

    /// <summary>Starts it, since it is not up; returns the failure, or null when it runs.</summary>
    private async Task<CommandOutcome?> LaunchAsync(string cause, Initiator by)
    {
        if (_endsForGood) return new CommandOutcome(false, $"{name} was not started: the daemon is ending");
        var before = _run;
        (_nextCause, _nextInitiator) = (cause, by);
        return await SendAsync("restart") ?? await BegunSinceAsync(before); // for overmind, a start is a restart
    }

    private async Task<CommandOutcome?> RestartAsync(OvermindRun run, Initiator by)
    {
        (_nextCause, _nextInitiator) = ("restart", by);
        return await EndAsync(run, "restart") ?? await BegunSinceAsync(run);
    }

    /// <summary>Has overmind end a run, by a verb that does; returns the failure, or null when it has ended.</summary>
    private async Task<CommandOutcome?> EndAsync(OvermindRun run, string verb, Initiator? by = null)
    {
        await gate.RunAsync(() => StopRequestedAsync(run, by));
        if (await SendAsync(verb) is { } failure) return failure;
        if (await changes.WaitUntilAsync(() => run.HasEnded, stopPolicy.Timeout)) return null;
        // Overmind itself would wait indefinitely; a second stop makes it kill.
        if (await SendAsync(verb) is { } secondFailure) return secondFailure;
        return await changes.WaitUntilAsync(() => run.HasEnded, stopPolicy.KillTimeout)
            ? null
            : new CommandOutcome(false, $"{name} (PID {run.Pid}) did not end, although overmind was asked to kill it");
    }

    private async Task<CommandOutcome?> BegunSinceAsync(OvermindRun? before)
    {
        await changes.WaitUntilAsync(() => _overmindHasEnded || (_run != before && _run?.Pid is not null), StartTimeout);
        if (_overmindHasEnded) return new CommandOutcome(false, $"{name} was not started: overmind has ended");
        return _run != before && _run?.Pid is not null
            ? null
            : new CommandOutcome(false, $"{name} was not started: overmind took the command, but did not act within {StartTimeout.TotalSeconds:0} seconds");
    }

    // Overmind says nothing of names that it does not know.
    private async Task<CommandOutcome?> SendAsync(string verb)
    {
        var answer = await client.SendAsync("status");
        if (answer.Problem is null && !OvermindStatus.Parse(answer.Output).Any(row => row.Name == name))
            return new CommandOutcome(false, $"Overmind does not run {name}: {WhyNotListed}");
        if (answer.Problem is null) answer = await client.SendAsync(verb, name);
        return answer.Problem is { } problem ? new CommandOutcome(false, $"{name}: {problem}") : null;
    }

    public Task<T> RunExclusiveAsync<T>(Func<Task<T>> action) => _turn.RunAsync(async () =>
    {
        // Another restart may be running: overmind confuses commands that arrive before its end.
        await changes.WaitUntilAsync(() => _overmindHasEnded || _run is not { Pid: null, HasEnded: false }, StartTimeout);
        return await action();
    });

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

    async Task IRestartable.StopForFailureAsync()
    {
        var run = _run!;
        run.IsBroken = true;
        if (run.IsUp && await EndAsync(run, "stop") is { } failure) recorder.Notice(run.Identity, failure.Message);
    }

    // It may have been restarted at overmind's own command line in the meantime.
    async Task<CommandOutcome?> IRestartable.RestartAsync(string cause, Initiator by) => _run is { IsUp: true } ? null : await LaunchAsync(cause, by);

    Task IRestartable.RecordStateAsync(RestartState state) => StatusAsync(state);

    private Task StatusAsync(RestartState state) => gate.RunAsync(async () =>
    {
        var run = _run!;
        recorder.Status(
            name, new StatusUpdate(state.State, null, run.Identity.RunId, run.StartedAt, run.Exit) { RestartAt = state.RestartAt, Reason = state.Reason });
    });

    /// <summary>Handles the end of overmind, which also ends its processes.</summary>
    public async Task EndWithOvermindAsync()
    {
        _overmindHasEnded = true;
        if (_run is { HasEnded: false } run) await EndedAsync(run, null);
        if (_run is not null) await _run.Capture.CompleteAsync();
        changes.NotifyChanged();
    }

    /// <summary>Its end is about to be asked for, so that it is known to be on purpose.</summary>
    public Task StopRequestedAsync() => _run is { IsUp: true } run ? StopRequestedAsync(run) : Task.CompletedTask;

    /// <summary>The group of the newest run, if it is known.</summary>
    public ExternalProcessGroup? Group => _run?.Group;

    private async Task StopRequestedAsync(OvermindRun run, Initiator? by = null)
    {
        if (run.StopRequested || run.HasEnded) return;
        run.RequestStop(by);
        recorder.Status(name, new StatusUpdate(ProcessState.Stopping, run.Pid, run.Identity.RunId, run.StartedAt, null));
    }

    private async Task<OvermindRun> BeginAsync()
    {
        if (_run is not null)
        {
            await _run.ReleaseEarlyAsync();
            await _run.Capture.CompleteAsync();
        }

        var identity = new RunIdentity(id, runs.Next(name));
        var failures = new RunFailureDetector(identity, declarations, time, _recovery.Take);
        var capture = new StreamCapture(identity, LineSource.Terminal, window, queue, time, new StreamFailureDetector(failures));
        var run = new OvermindRun(identity, capture, failures, _nextCause, _nextInitiator, time.Seconds(), time.GetTimestamp());
        (_run, _nextCause, _nextInitiator) = (run, OwnCause, Initiator.Overmind);
        recorder.Status(name, new StatusUpdate(ProcessState.Starting, null, identity.RunId, run.StartedAt, null));
        return run;
    }

    private async Task IdentifiedAsync(OvermindRun run, int pid)
    {
        run.Identify(pid);
        recorder.RunStarted(run.Identity, pid, run.Cause, run.StartedBy, _started++, run.StartedAt);
        recorder.Status(name, new StatusUpdate(ProcessState.Running, pid, run.Identity.RunId, run.StartedAt, null));
        recorder.Notice(run.Identity, RunNotices.Started(pid, run.Cause, run.StartedBy));
        await run.ReleaseEarlyAsync();
        changes.NotifyChanged();
    }

    private async Task EndedAsync(OvermindRun run, ExitStatus? exit)
    {
        (run.HasEnded, run.Exit) = (true, exit);
        await run.ReleaseEarlyAsync();
        await run.Capture.FlushAsync();
        recorder.RunEnded(run.Identity, exit);
        var state = run.StopRequested ? ProcessState.Stopped : ProcessStates.AfterEnd(exit);
        if (!run.IsBroken) recorder.Status(name, new StatusUpdate(state, null, run.Identity.RunId, run.StartedAt, exit));
        recorder.Notice(run.Identity, (run.StopRequested, exit) switch
        {
            (true, var how) => RunNotices.Stopped(how?.ToString(), run.StopRequestedBy),
            (false, { } how) => Sentence(how),
            _ => "Ended; overmind did not say how",
        }, run.StopRequested || exit is { IsSuccess: true } ? LineLevel.None : LineLevel.Error);
        changes.NotifyChanged();
    }

    private static string Sentence(ExitStatus exit)
    {
        var text = exit.ToString();
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    /// <summary>Takes what stood behind its name.</summary>
    public async Task ReadAsync(OvermindOutputText text)
    {
        if (text.Message is { } message && await HeedAsync(message))
        {
            _heededAt = time.GetTimestamp();
            return;
        }

        var run = _run ?? await BeginAsync();
        if (run.Early is { } early && early.WrittenCount < MostHeld && EarlyDue(run) > TimeSpan.Zero)
        {
            early.Write(text.Bytes.Span);
            return;
        }

        await run.ReleaseEarlyAsync();
        await run.Capture.FeedAsync(text.Bytes.Span);
    }

    /// <summary>How long its output may rest before it is to be flushed; infinite while nothing waits.</summary>
    public TimeSpan FlushDue => _run switch
    {
        null => Timeout.InfiniteTimeSpan,
        { Early.WrittenCount: > 0 } run => EarlyDue(run),
        var run => run.Capture.FlushDue,
    };

    public async Task FlushAsync()
    {
        if (_run is not { } run) return;
        if (run.Early is not null && EarlyDue(run) == TimeSpan.Zero) await run.ReleaseEarlyAsync();
        if (run.Capture.FlushDue == TimeSpan.Zero) await run.Capture.FlushAsync();
    }

    private TimeSpan EarlyDue(OvermindRun run) =>
        LongestHeld - time.GetElapsedTime(run.StartedTimestamp) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>
    /// Applies the process's row of the status table, or its absence. Overmind's output arrives at once and in order; the table overrides
    /// it only when it repeats the same answer and all output printed in the meantime has been read.
    /// </summary>
    /// <param name="askedAt">When the table was requested, in ticks of the clock.</param>
    /// <param name="allReadAt">When no output was left to read, in ticks of the clock.</param>
    public async Task ObserveAsync(OvermindStatus? row, long askedAt, long allReadAt)
    {
        IsListed = row is not null;
        if (askedAt < _heededAt) row = null; // it has been overtaken
        if (row != _seen) (_seen, _seenSince) = (row, time.GetTimestamp());
        if (row is not { Pid: > 0 } || time.GetElapsedTime(_seenSince, allReadAt) < Doubt) return;

        var run = _run;
        if (run is { IsUp: true } && (run.Pid != row.Pid || !row.IsUp)) await EndedAsync(run, null);
        if (!row.IsUp || run?.Pid == row.Pid) return;
        await IdentifiedAsync(run is { HasEnded: false, Pid: null } ? run : await BeginAsync(), row.Pid);
    }

    /// <summary>False when the message cannot come from overmind: then the process has printed it.</summary>
    private async Task<bool> HeedAsync(OvermindMessage message)
    {
        var run = _run;
        switch (message.Kind)
        {
            case OvermindMessageKind.Started or OvermindMessageKind.Restarted when run?.Pid == message.Number:
                return true; // the table was quicker
            case OvermindMessageKind.Started or OvermindMessageKind.Restarted when run is not { IsUp: true }:
                await IdentifiedAsync(run is { HasEnded: false } ? run : await BeginAsync(), message.Number);
                return true;
            case OvermindMessageKind.Restarting when run is null or { HasEnded: true }:
                await BeginAsync();
                return true;
            case OvermindMessageKind.Interrupting when run is { IsUp: true }:
                await StopRequestedAsync(run);
                return true;
            case OvermindMessageKind.Killing when run is { IsUp: true }:
                run.WasKilled = true;
                recorder.Notice(run.Identity, "Did not end; overmind kills it");
                return true;
            // The number is free again when overmind says so; as long as it is not, the process speaks of something else.
            case OvermindMessageKind.Exited when run is { IsUp: true, Group.LeaderExists: false } or { HasEnded: true, Exit: null }:
                await EndedAsync(run, ExitOf(run, message.Number));
                return true;
            default:
                return false;
        }
    }

    // Overmind reports every death by a signal as code 0. SIGKILL leaves no other way to end, so here it is known better.
    private static ExitStatus ExitOf(OvermindRun run, int code) => run.WasKilled && code == 0 ? Killed : new ExitStatus(code);
}
