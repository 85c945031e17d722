using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// A Procfile entry that overmind runs. Commands to it run one after the other, and complete when overmind reports the requested
/// change.
/// </summary>
internal sealed partial class OvermindProcess(
    int id, string name, TerminalSize window, ActiveDeclarations declarations, OvermindClient client, AsyncLock gate, StateSignal changes,
    EventRecorder recorder, RunNumbers runs, WriteQueue queue, StopPolicy stopPolicy, TimeProvider time, ILogger<OvermindProcess> logger)
{
    // A start usually takes 100 to 200 ms, and longer under load.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private readonly AsyncLock _turn = new();
    private volatile OvermindRun? _run;
    private volatile bool _overmindHasEnded;

    public string Name => name;

    /// <summary>Whether overmind lists it: overmind skips some lines that we accept, and the user may have excluded some.</summary>
    public bool IsListed { get; private set; }

    /// <summary>True once it has run, or never will.</summary>
    public bool HasBegun => _run?.Pid is not null || !IsListed;

    public Task<CommandOutcome> StartAsync(Initiator by) => InTurnAsync(async () =>
    {
        await _recovery.TakeOverAsync("started");
        return _run is { IsUp: true } running
            ? new CommandOutcome(true, $"{name} is already running (PID {running.Pid})")
            : await LaunchAsync("start", by) ?? new CommandOutcome(true, $"Started {name}");
    });

    public Task<CommandOutcome> StopAsync() => InTurnAsync(async () =>
    {
        var wouldComeBack = await _recovery.TakeOverAsync("stopped");
        if (_run is { IsUp: true } run) return await EndAsync(run, "stop") ?? new CommandOutcome(true, $"Stopped {name}");
        if (wouldComeBack) await StatusAsync(new RestartState(ProcessState.Stopped, null, null, 0));
        return new CommandOutcome(true, wouldComeBack ? $"Stopped {name}" : $"{name} is not running");
    });

    public Task<CommandOutcome> RestartAsync(Initiator by) => InTurnAsync(async () =>
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
    private async Task<CommandOutcome?> EndAsync(OvermindRun run, string verb)
    {
        await gate.RunAsync(() => StopRequestedAsync(run));
        if (await SendAsync(verb) is { } failure) return failure;
        if (await changes.ReachAsync(() => run.HasEnded, stopPolicy.Timeout)) return null;
        // Overmind itself would wait indefinitely; a second stop makes it kill.
        if (await SendAsync(verb) is { } secondFailure) return secondFailure;
        return await changes.ReachAsync(() => run.HasEnded, stopPolicy.KillTimeout)
            ? null
            : new CommandOutcome(false, $"{name} (PID {run.Pid}) did not end, although overmind was told to kill it");
    }

    private async Task<CommandOutcome?> BegunSinceAsync(OvermindRun? before)
    {
        await changes.ReachAsync(() => _overmindHasEnded || (_run != before && _run?.Pid is not null), StartTimeout);
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

    public Task<T> InTurnAsync<T>(Func<Task<T>> action) => _turn.RunAsync(async () =>
    {
        // Another restart may be running: overmind confuses commands that arrive before its end.
        await changes.ReachAsync(() => _overmindHasEnded || _run is not { Pid: null, HasEnded: false }, StartTimeout);
        return await action();
    });
}
