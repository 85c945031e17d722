using System.ComponentModel;
using System.Text;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// A planned process under supervision. Commands to it are carried out one after the other; different processes never wait for each
/// other. Every state it passes through is recorded.
/// </summary>
internal sealed partial class SupervisedProcess(
    ProcessSpec spec, ChildLauncher launcher, EventRecorder recorder, RunNumbers runs, StateSignal changes, TimeProvider time,
    ILogger<SupervisedProcess> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ProcessSpec _spec = spec;
    private ActiveRun? _run;
    private int _started;

    public string Name { get; } = spec.Name;

    /// <summary>How it runs, from the next start on.</summary>
    public PlannedProcess Plan => _spec.Plan;

    public Task<CommandOutcome> StartAsync(string cause, Initiator by) => InTurnAsync(async () =>
    {
        await _recovery.TakeOverAsync("started");
        return await StartInTurnAsync(cause, by);
    });

    public Task<CommandOutcome> StopAsync()
    {
        // Who asks again for what is under way does not want to wait for it any longer.
        if (_stopping is { HasExited: false } stubborn) stubborn.Child.Processes.Signal(ProcessGroup.Kill);
        return InTurnAsync(() => EndByCommandAsync($"Stopped {Name}"));
    }

    /// <summary>Ends it without asking first, whatever else is being done to it.</summary>
    public Task<CommandOutcome> KillAsync()
    {
        var isKilled = false;
        if (_run is { HasExited: false } run)
        {
            run.RequestStop();
            run.Child.Processes.Signal(ProcessGroup.Kill);
            isKilled = true; // and may be gone before its turn comes
        }

        return InTurnAsync(() => EndByCommandAsync($"Killed {Name}", isKilled));
    }

    public Task<CommandOutcome> RestartAsync(Initiator by) => InTurnAsync(async () =>
    {
        await _recovery.TakeOverAsync("restarted");
        await EndAsync();
        return await LaunchAsync("restart", by) ?? new CommandOutcome(true, $"Restarted {Name}");
    });

    /// <summary>Hands the current run a text as if it had been typed, beside whatever else is being done to it.</summary>
    public async Task<CommandOutcome> TypeAsync(string text)
    {
        if (_run is not { HasExited: false } run) return new CommandOutcome(false, $"{Name} is not running");
        return await run.Child.TypeAsync(Encoding.UTF8.GetBytes(text))
            ? new CommandOutcome(true, "")
            : new CommandOutcome(false, $"{Name} does not read what is typed");
    }

    /// <summary>Takes a changed plan. A process that is up, or about to be, is restarted when only a new run can have what changed.</summary>
    public Task ChangeAsync(ProcessSpec changed, ProcessChange change, Initiator by) => InTurnAsync(async () =>
    {
        var (isLeftOut, wasLeftOut) = (changed.Plan.LeftOut is not null, Plan.LeftOut is not null);
        var ends = change.NeedsRestart || (isLeftOut && !wasLeftOut);
        var toRun = false;
        if (ends)
        {
            toRun = await _recovery.TakeOverAsync("changed") | IsWaiting | await EndAsync();
        }

        _spec = changed;
        if (toRun || isLeftOut) await TellStoppedAsync();
        var starts = !isLeftOut && (toRun || wasLeftOut);
        return starts ? await StartInTurnAsync("reload", by) : null;
    });

    public async ValueTask DisposeAsync()
    {
        _recovery.End();
        await StopAsync();
        await _recovery.Ended;
        if (_run is not null) await RetireAsync(_run);
        _turn.Dispose();
    }

    private async Task<CommandOutcome> StartInTurnAsync(string cause, Initiator by) => _run is { HasExited: false } running
        ? new CommandOutcome(true, $"{Name} is already running (PID {running.Child.Pid})")
        : await LaunchAsync(cause, by) ?? new CommandOutcome(true, $"Started {Name}");

    private async Task<CommandOutcome> EndByCommandAsync(string done, bool isEnding = false)
    {
        var wouldStart = await _recovery.TakeOverAsync("stopped") | IsWaiting;
        if (wouldStart) await TellStoppedAsync();
        return await EndAsync() || wouldStart || isEnding
            ? new CommandOutcome(true, done)
            : new CommandOutcome(true, $"{Name} is not running");
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> action)
    {
        await _turn.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Starts a new run; returns the failure, or null when it runs.</summary>
    private async Task<CommandOutcome?> LaunchAsync(string cause, Initiator by)
    {
        if (_run is not null) await RetireAsync(_run);
        IsWaiting = false;
        var identity = new RunIdentity(_spec.Id, runs.Next());
        var (startedAt, startedTimestamp) = (time.Seconds(), time.GetTimestamp());
        recorder.Status(Name, new StatusUpdate(ProcessState.Starting, null, identity.RunId, startedAt, null) { Crashes = _recovery.Crashes });
        var failures = new RunFailureDetector(identity, Declarations, time, _recovery.Take) { Heard = text => _run?.Probe?.Show(text) };
        ChildProcess child;
        try
        {
            child = await launcher.StartAsync(_spec, identity, failures);
        }
        catch (Win32Exception e)
        {
            logger.LogError(e, "{Process} could not be started", Name);
            recorder.Notice(identity, $"Could not be started: {e.Message}", LineLevel.Error);
            recorder.Status(Name, new StatusUpdate(ProcessState.Dead, null, identity.RunId, startedAt, new ExitStatus(127)) { Reason = e.Message });
            return new CommandOutcome(false, $"{Name} could not be started: {e.Message}");
        }

        logger.LogDebug("{Process}: {Command} in {Folder}, {Output}", Name, Plan.Command, Plan.WorkingDirectory,
            _spec.Terminal is null || child.WhyNoTerminal is not null ? "over pipes" : "on a terminal");
        logger.LogInformation("{Process} started with PID {Pid} ({Cause}, {Initiator})", Name, child.Pid, cause, by);
        recorder.RunStarted(identity, child.Pid, cause, by, _started++, startedAt);
        _run = new ActiveRun(identity, child, failures, startedAt, startedTimestamp);
        TellRunning(_run);
        recorder.Notice(identity, $"Started with PID {child.Pid}");
        if (child.WhyNoTerminal is { } reason) await TellOfPipesAsync(identity, reason);
        if (Plan.Ready is { } check) _run.Readiness = BecomeReadyAsync(_run, check);
        child.BeginCapture();
        _run.Monitor = MonitorAsync(_run);
        changes.Tell();
        return null;
    }

    // Without a terminal, programs hold output back and drop their colours: whoever wonders finds the cause beside the output.
    private async Task TellOfPipesAsync(RunIdentity run, string reason)
    {
        logger.LogWarning("{Process} runs over pipes, because there is no terminal for it: {Reason}", Name, reason);
        recorder.Notice(run, $"No terminal for this run ({reason}); it prints into pipes");
    }

    /// <summary>A run that is over may have left members of its group, or someone who holds its output: they go before the next run.</summary>
    private static async Task RetireAsync(ActiveRun run)
    {
        await run.Monitor;
        await run.Child.DisposeAsync();
        await run.DisposeAsync();
    }
}
