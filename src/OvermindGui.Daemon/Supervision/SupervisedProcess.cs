using System.Text;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision.Failures;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// A planned process under supervision. Commands to one process run in order; different processes never wait for each other. Every
/// change of state is recorded.
/// </summary>
internal sealed class SupervisedProcess(
    ProcessSpec spec, ChildLauncher launcher, EventRecorder recorder, RunNumbers runs, StateSignal changes, TimeProvider time,
    ILogger<SupervisedProcess> logger) : IRestartable, IAsyncDisposable
{
    // None of the run is left by then, so its output ends as soon as it is read; something else may have been handed its pipe or terminal.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly AsyncLock _turn = new();
    private readonly RestartController _recovery = new(spec.Name, recorder, time, logger);
    private readonly Lock _gate = new();
    private ProcessSpec _spec = spec;
    private ActiveRun? _run;
    private FailedLaunch? _failedLaunch; // newer than the run; null when the run is the newest
    private volatile ActiveRun? _stopping; // by a command, which may be repeated
    private volatile string? _whyRetired;
    private Task? _retiring;
    private int _started;

    public string Name { get; } = spec.Name;

    /// <summary>The plan, which applies from the next start on.</summary>
    public PlannedProcess Plan => _spec.Plan;

    /// <summary>What to look for in its output.</summary>
    public ActiveDeclarations Declarations { get; init; } = new(FailureAction.Restart);

    /// <summary>Called when it exits on its own or fails to start: status, whether it stays down, and a description.</summary>
    public Action<SupervisedProcess, ExitStatus?, bool, string>? Ended { get; set; }

    /// <summary>It will be started once its dependencies are ready.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>It is being stopped permanently, or has been.</summary>
    public bool IsRetired => _whyRetired is not null;

    public bool HasRun => _run is not null;

    /// <summary>It runs no more, or could not be started.</summary>
    public bool HasEnded => _failedLaunch is not null || _run is { HasExited: true };

    /// <summary>The run that goes on; null when it is not running.</summary>
    public RunningProcess? Running => _run is { HasExited: false } run
        ? new RunningProcess(Name, Plan.Entry, run.Identity, run.Child.Pid, run.StartedTimestamp) { Limits = Plan.Limits }
        : null;

    /// <summary>What runs now; null when it is down.</summary>
    public IChild? Current => _run is { HasExited: false } run ? run.Child : null;

    public Task<CommandOutcome> StartAsync(string cause, Initiator by) => RunExclusiveAsync(async () =>
    {
        await _recovery.TakeOverAsync("started");
        return await StartUnlessRunningAsync(cause, by);
    });

    public Task<CommandOutcome> StopAsync(Initiator by)
    {
        // Repeating the command means that the user does not want to wait any longer.
        if (_stopping is { } stubborn) stubborn.Child.Processes.Signal(ProcessGroup.Kill);
        return RunExclusiveAsync(() => EndByCommandAsync($"Stopped {Name}", by));
    }

    /// <summary>Kills it without a stop signal, even while another command to it is running.</summary>
    public Task<CommandOutcome> KillAsync(Initiator? by = null)
    {
        var isKilled = false;
        if (_run is { } run && (!run.HasExited || run == _stopping))
        {
            run.RequestStop(by);
            run.Child.Processes.Signal(ProcessGroup.Kill);
            isKilled = true; // and may be gone before its turn comes
        }

        return RunExclusiveAsync(() => EndByCommandAsync($"Killed {Name}", by, isKilled));
    }

    public Task<CommandOutcome> RestartAsync(string cause, Initiator by) => RunExclusiveAsync(async () =>
    {
        await _recovery.TakeOverAsync("restarted");
        await EndAsync();
        return await LaunchAsync(cause, by) ?? new CommandOutcome(true, $"Restarted {Name}");
    });

    /// <summary>Restarts it because files have changed, even when it has ended by itself; false when it was stopped on purpose, or never started.</summary>
    public Task<bool> RestartForChangeAsync(Initiator by) => RunExclusiveAsync(async () =>
    {
        var isWanted = _failedLaunch is not null || _run is { StopRequested: false } or { IsBroken: true };
        if (!isWanted || IsRetired) return false;
        await _recovery.TakeOverAsync("restarted");
        if (_run is { HasExited: false } run) recorder.Notice(run.Identity, $"Restarting: {by.Name} changed");
        await EndAsync();
        await LaunchAsync("file change", by);
        return true;
    });

    /// <summary>Does to its run what a rule says because files have changed, unless that is a restart.</summary>
    public Task ReactAsync(WatchRule rule, string what, CancellationToken cancellationToken) => _run is { HasExited: false } run
        ? new FileChangeReaction(run, recorder, command => new CompanionCommand(launcher.BesideRun(_spec, run.Identity, command), time))
            .CarryOutAsync(rule, what, cancellationToken)
        : Task.CompletedTask;

    /// <summary>Has a run replaced that breaks a rule. Returns at once.</summary>
    public void RestartFor(RuleViolation violation) => _recovery.Take(violation);

    /// <summary>Sends a text to the input of the current run, even while another command to it is running.</summary>
    public async Task<CommandOutcome> TypeAsync(string text)
    {
        if (_run is not { HasExited: false } run) return new CommandOutcome(false, $"{Name} is not running");
        // A terminal makes a line end of Enter; over pipes nothing else does.
        if (run.Child.Attachable is null) text = text.Replace('\r', '\n');
        return await run.Child.TypeAsync(Encoding.UTF8.GetBytes(text))
            ? new CommandOutcome(true, "")
            : new CommandOutcome(false, $"{Name} does not read what is typed");
    }

    /// <summary>Records that it has not been started.</summary>
    public Task LeaveStoppedAsync() => RunExclusiveAsync(async () =>
    {
        await RecordStoppedAsync();
        return true;
    });

    /// <summary>Applies a changed plan. A running or starting process is restarted only if the change requires a new run.</summary>
    public Task<CommandOutcome> ChangeAsync(ProcessSpec changed, ProcessChange change, Initiator by) => RunExclusiveAsync(async () =>
    {
        var (isNotStarted, wasNotStarted) = (changed.Plan.NotStartedReason is not null, Plan.NotStartedReason is not null);
        var ends = change.NeedsRestart || (isNotStarted && !wasNotStarted);
        var toRun = ends && (await _recovery.TakeOverAsync("changed") | IsWaiting | await EndAsync());
        _spec = changed;
        if (toRun || isNotStarted) await RecordStoppedAsync();
        var starts = !isNotStarted && (toRun || wasNotStarted);
        return starts ? await StartUnlessRunningAsync("reload", by) : new CommandOutcome(true, $"Changed {Name}");
    });

    /// <summary>
    /// Stops the process permanently: after this call it is never started again. Completes when nothing of it is left; further calls wait
    /// for the same task.
    /// </summary>
    public Task RetireAsync(string why)
    {
        lock (_gate)
        {
            _whyRetired ??= why;
            return _retiring ??= EndForGoodAsync();
        }
    }

    public ValueTask DisposeAsync() => new(RetireAsync("the daemon is ending"));

    /// <summary>Takes over a run that outlived the daemon that started it. Call it before any other method.</summary>
    public Task AdoptAsync(RunLeft orphan) => RunExclusiveAsync(() =>
    {
        var identity = new RunIdentity(_spec.Id, orphan.RunId);
        var (child, started) = (new AdoptedChild(orphan.Leader!, time), time.GetTimestamp());
        var failures = new RunFailureDetector(identity, Declarations, time, _recovery.Take);
        _run = new ActiveRun(identity, child, failures, HealthOf(identity, child, started), orphan.StartedAt, started);
        _run.Health.SkipReadiness();
        logger.LogInformation("{Process} adopted with PID {Pid}", Name, _run.Child.Pid);
        State.Running(_run, Plan);
        recorder.Notice(
            identity,
            $"Adopted with PID {_run.Child.Pid}: the daemon that had started it was killed. Its output is not captured until it is restarted");
        _run.Monitor = MonitorAsync(_run);
        changes.NotifyChanged();
        return Task.FromResult(true);
    });

    /// <summary>Handles failures and exits until the process is retired.</summary>
    public Task RecoverAsync() => _recovery.RunAsync(this);

    /// <summary>Whether the process meets a dependency condition.</summary>
    public bool Has(DependencyCondition reached) => reached switch
    {
        DependencyCondition.Started => _run is not null,
        DependencyCondition.Ready => _run is { HasExited: false } run && (Plan.Ready is null || run.Health.IsReady) || HasCompleted,
        DependencyCondition.Completed => HasCompleted,
        _ => throw new ArgumentOutOfRangeException(nameof(reached), reached, null),
    };

    /// <summary>Describes what prevents it from meeting the condition; null while it only needs time.</summary>
    public string? Obstacle(DependencyCondition condition) => (_failedLaunch, _run) switch
    {
        ({ } failed, _) => $"it could not be started ({failed.Reason})",
        (_, null) => null,
        (_, { HasExited: true, StopRequested: true }) => "it was stopped",
        (_, { HasExited: true } ended) when !(condition == DependencyCondition.Completed && HasCompleted) => $"it {RunNotices.Words(ended.Child.Exited.Result)}",
        (_, { Health.ReadyProblem: { } problem }) => $"it is {problem}",
        _ => null,
    };

    /// <summary>Publishes that it waits, and for what.</summary>
    /// <param name="begin">It did not wait before.</param>
    public Task WaitAsync(string reason, bool begin) => RunExclusiveAsync(() =>
    {
        // A command may have been executed first.
        var waits = !IsRetired && (begin ? _run is not { HasExited: false } : IsWaiting);
        if (waits)
        {
            IsWaiting = true;
            State.Waiting(reason);
        }

        return Task.FromResult(waits);
    });

    /// <summary>Starts it, unless a command has decided otherwise in the meantime.</summary>
    public Task StartIfWaitingAsync(string cause, Initiator by) => RunExclusiveAsync(async () => IsWaiting ? await StartUnlessRunningAsync(cause, by) : null);

    RestartableRun? IRestartable.Run => (_failedLaunch, _run) switch
    {
        ({ } failed, _) => new RestartableRun(failed.Identity, 0, failed.StartedTimestamp, IsBroken: false),
        (_, { StopRequested: false } run) => new RestartableRun(run.Identity, run.Child.Pid, run.StartedTimestamp, run.IsBroken),
        _ => null,
    };

    Task IRestartable.StopForFailureAsync()
    {
        _run!.IsBroken = true;
        return EndAsync();
    }

    Task<CommandOutcome?> IRestartable.RestartAsync(string cause, Initiator by) => LaunchAsync(cause, by);

    Task<T> IRestartable.RunExclusiveAsync<T>(Func<Task<T>> action) => RunExclusiveAsync(action);

    Task IRestartable.RecordStateAsync(RestartState state) => State.RestartAsync(state, _failedLaunch, _run);

    private ProcessStateRecorder State => field ??= new ProcessStateRecorder(Name, recorder, _recovery);

    private bool HasCompleted => _run is { StopRequested: false, HasExited: true } run && Plan.IsSuccess(run.Child.Exited.Result);

    private async Task<CommandOutcome> StartUnlessRunningAsync(string cause, Initiator by) => _run is { HasExited: false } running
        ? new CommandOutcome(true, $"{Name} is already running (PID {running.Child.Pid})")
        : await LaunchAsync(cause, by) ?? new CommandOutcome(true, $"Started {Name}");

    /// <summary>Starts a new run; returns the failure, or null when it is running.</summary>
    private async Task<CommandOutcome?> LaunchAsync(string cause, Initiator by)
    {
        if (_whyRetired is { } why) return new CommandOutcome(false, $"{Name} is not started: {why}");
        if (_run is not null) await RetireAsync(_run);
        (IsWaiting, _failedLaunch) = (false, null);
        var identity = new RunIdentity(_spec.Id, runs.Next(Name));
        var (startedAt, startedTimestamp) = (time.Seconds(), time.GetTimestamp());
        State.Starting(identity, startedAt);
        var failures = new RunFailureDetector(identity, Declarations, time, _recovery.Take) { LineObserved = text => _run?.Health.Observe(text) };
        ChildProcess child;
        try
        {
            child = await launcher.StartAsync(_spec, identity, failures);
        }
        catch (LaunchException e)
        {
            return RecordFailedLaunch(new FailedLaunch(identity, startedAt, startedTimestamp, e.Message));
        }

        logger.LogDebug("{Process}: {Command} in {Folder}, {Output}", Name, Plan.Command, Plan.WorkingDirectory,
            _spec.Terminal is null || child.WhyNoTerminal is not null ? "over pipes" : "on a terminal");
        logger.LogInformation("{Process} started with PID {Pid} ({Cause}, {Initiator})", Name, child.Pid, cause, by);
        recorder.RunStarted(identity, child.Pid, cause, by, _started++, startedAt);
        _run = new ActiveRun(identity, child, failures, HealthOf(identity, child, startedTimestamp), startedAt, startedTimestamp);
        State.Running(_run, Plan);
        recorder.Notice(identity, RunNotices.Started(child.Pid, cause, by, isFirst: _started == 1));
        if (child.WhyNoTerminal is { } reason) NoticePipes(identity, reason);
        _run.Health.Begin(Plan);
        child.StartCapture();
        _run.Monitor = MonitorAsync(_run);
        changes.NotifyChanged();
        return null;
    }

    // The restart rule also applies to a failed start: a missing file may exist a moment later.
    private CommandOutcome RecordFailedLaunch(FailedLaunch failed)
    {
        _failedLaunch = failed;
        var (problem, willRestart) = ($"{Name}: {failed.Reason}", RestartsAfter(FailedLaunch.Exit));
        logger.LogError("{Problem}", problem);
        recorder.Notice(failed.Identity, problem, LineLevel.Error);
        State.NotStarted(failed);
        if (willRestart) _recovery.Take(new EndedByItself(failed.Identity, FailedLaunch.Exit) { Reason = failed.Reason });
        changes.NotifyChanged();
        Ended?.Invoke(this, FailedLaunch.Exit, !willRestart, $"could not be started ({failed.Reason})");
        return new CommandOutcome(false, problem);
    }

    // Without a terminal, programs buffer output and drop their colours; the notice gives the cause.
    private void NoticePipes(RunIdentity run, string reason)
    {
        logger.LogWarning("{Process} runs over pipes, because there is no terminal for it: {Reason}", Name, reason);
        recorder.Notice(run, $"No terminal for this run ({reason}); it prints into pipes", LineLevel.Warn);
    }

    private async Task<CommandOutcome> EndByCommandAsync(string done, Initiator? by = null, bool isEnding = false)
    {
        var wouldStart = await _recovery.TakeOverAsync("stopped") | IsWaiting;
        if (wouldStart) await RecordStoppedAsync();
        var run = _run;
        var wasUp = await EndAsync(by);
        if (wasUp && run!.Child.Processes.IsAlive())
            return new CommandOutcome(false, $"{Name} (PID {run.Child.Pid}) has survived SIGKILL; the kernel holds it");
        return wasUp || wouldStart || isEnding ? new CommandOutcome(true, done) : new CommandOutcome(true, $"{Name} is not running");
    }

    /// <summary>Stops the current run and waits until its group is gone. False when there was nothing to stop.</summary>
    private async Task<bool> EndAsync(Initiator? by = null)
    {
        if (_run is not { HasExited: false } run)
        {
            if (_run is not null) await _run.Monitor;
            return false;
        }

        run.RequestStop(by);
        _stopping = run;
        State.Stopping(run);
        await run.EndGroupOnceAsync(EndGroupAsync);
        await run.Monitor;
        _stopping = null;
        return true;
    }

    private async Task EndForGoodAsync()
    {
        await Task.Yield(); // the lock is not held for this
        _recovery.End();
        await RunExclusiveAsync(() => EndByCommandAsync($"Stopped {Name}"));
        changes.NotifyChanged();
        await _recovery.Ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_run is not null) await RetireAsync(_run);
    }

    private async Task EndGroupAsync(IChild child)
    {
        var policy = StopPolicy.Of(Plan);
        // What a process leaves behind when it has ended by itself gets the signal alone.
        if (policy.Request is { } request && _run is { HasExited: false } run && run.Child == child)
        {
            var asking = new StopAsking(request, child, command => launcher.BesideRun(_spec, run.Identity, command), time);
            if (await asking.RunAsync() is { } problem)
                recorder.Notice(run.Identity, $"{problem}; it gets its stop signal", LineLevel.Warn);
        }

        await GroupTermination.EndAsync(Name, child, policy, time, logger);
    }

    /// <summary>Follows a run to its end. An internal error is reported, and the process still accepts commands.</summary>
    private async Task MonitorAsync(ActiveRun run)
    {
        try
        {
            await FollowAsync(run);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The end of {Process} could not be followed", Name);
            recorder.Notice(run.Identity, $"Its end could not be followed ({e.Message}); details are in the daemon's log", LineLevel.Error);
        }
    }

    /// <summary>Records the exit at once, then the last output, then the notice after it.</summary>
    private async Task FollowAsync(ActiveRun run)
    {
        var exit = await run.Child.Exited;
        await run.Health.EndAsync();
        var stopped = run.StopRequested;
        logger.LogInformation("{Process} (PID {Pid}) {Exit}", Name, run.Child.Pid, RunNotices.Words(exit));
        recorder.RunEnded(run.Identity, exit);
        var willRestart = !stopped && RestartsAfter(exit);
        var state = stopped ? ProcessState.Stopped : willRestart ? ProcessState.Waiting : ProcessStates.AfterEnd(Plan.IsSuccess(exit));
        if (!stopped) State.Exited(state, run, exit);
        changes.NotifyChanged();

        // The rest of the group has lost its leader, and nothing else would stop it. A stop completes only when the group is gone.
        var left = run.Child.Processes.DescribeLeft();
        if (stopped || run.Child.Processes.IsAlive()) await run.EndGroupOnceAsync(EndGroupAsync);
        if (stopped && !run.IsBroken) State.Exited(state, run, exit);
        await Task.WhenAny(run.Child.OutputEnded, Task.Delay(Drain, time));
        recorder.Notice(
            run.Identity,
            stopped ? RunNotices.Stopped(RunNotices.Words(exit), run.StopRequestedBy) : RunNotices.Ended(exit, time.GetElapsedTime(run.StartedTimestamp)),
            stopped || Plan.IsSuccess(exit) ? LineLevel.None : LineLevel.Error);
        if (!stopped && left.Length > 0) recorder.Notice(run.Identity, $"Ended what it left running: {left}", LineLevel.Warn);
        // After the last line: a failure in that line takes precedence over the exit.
        if (willRestart) _recovery.Take(new EndedByItself(run.Identity, exit));
        if (!stopped) Ended?.Invoke(this, exit, !willRestart && !run.IsBroken, exit?.ToString() ?? "ended");
    }

    private bool RestartsAfter(ExitStatus? exit) => Plan.Restart switch
    {
        RestartRule.Always => true,
        RestartRule.OnFailure => !Plan.IsSuccess(exit),
        _ => false,
    };

    private async Task RecordStoppedAsync()
    {
        (IsWaiting, _failedLaunch) = (false, null);
        await State.StoppedAsync(_run, Plan.NotStartedReason);
        changes.NotifyChanged();
    }

    private RunHealth HealthOf(RunIdentity identity, IChild child, long startedTimestamp)
    {
        var planned = _spec;
        return new RunHealth(
            identity, Name, command => launcher.BesideRun(planned, identity, command), child.Processes.Pids, startedTimestamp, recorder, time, logger)
        {
            Changed = RecordHealthAsync,
            Violated = _recovery.Take,
        };
    }

    private async Task RecordHealthAsync()
    {
        var run = _run!;
        try
        {
            using var turn = await _turn.EnterAsync(run.Health.Over);
            if (!run.StopRequested && !run.HasExited) State.Running(run, Plan, run.Health.Problem);
        }
        catch (OperationCanceledException) when (run.Health.Over.IsCancellationRequested)
        {
            // the code that stops the run holds the turn and reports the state
        }

        changes.NotifyChanged();
    }

    private Task<T> RunExclusiveAsync<T>(Func<Task<T>> action) => _turn.RunAsync(action);

    /// <summary>Waits for the end of a run and its output, and releases its resources.</summary>
    private async Task RetireAsync(ActiveRun run)
    {
        await run.Monitor;
        try
        {
            await run.Child.DisposeAsync();
        }
        catch (Exception e)
        {
            logger.LogError(e, "The output of {Process} could not be read to its end", Name);
            recorder.Notice(run.Identity, $"Its output could not be read to its end ({e.Message})", LineLevel.Error);
        }

        await run.Health.DisposeAsync();
    }
}
