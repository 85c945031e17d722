using System.ComponentModel;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;
using OvermindGui.Daemon.Failures;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// A Procfile entry under supervision. Commands to it are carried out one after the other; different processes never wait for each
/// other. Every state it passes through is recorded.
/// </summary>
internal sealed partial class SupervisedProcess(
    ProcessSpec spec, ChildLauncher launcher, Journal journal, RunNumbers runs, StopPolicy stopPolicy, TimeProvider time,
    ILogger<SupervisedProcess> logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ActiveRun? _run;
    private int _started;

    public string Name => spec.Name;

    public Task<CommandOutcome> StartAsync(string cause) => InTurnAsync(async () =>
    {
        await _recovery.TakeOverAsync("started");
        return _run is { HasExited: false } running
            ? new CommandOutcome(true, $"{Name} is already running (PID {running.Child.Pid})")
            : await LaunchAsync(cause) ?? new CommandOutcome(true, $"Started {Name}");
    });

    public Task<CommandOutcome> StopAsync() => InTurnAsync(async () =>
    {
        var wouldComeBack = await _recovery.TakeOverAsync("stopped");
        if (wouldComeBack) await StatusAsync(ProcessState.Stopped, null);
        return wouldComeBack || await EndAsync()
            ? new CommandOutcome(true, $"Stopped {Name}")
            : new CommandOutcome(true, $"{Name} is not running");
    });

    public Task<CommandOutcome> RestartAsync() => InTurnAsync(async () =>
    {
        await _recovery.TakeOverAsync("restarted");
        await EndAsync();
        return await LaunchAsync("restart") ?? new CommandOutcome(true, $"Restarted {Name}");
    });

    public async ValueTask DisposeAsync()
    {
        _recovery.End();
        await StopAsync();
        await _recovery.Ended;
        if (_run is not null) await _run.Child.DisposeAsync();
        _turn.Dispose();
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
    private async Task<CommandOutcome?> LaunchAsync(string cause)
    {
        if (_run is not null) await RetireAsync(_run);
        var identity = new RunIdentity(spec.Id, runs.Next());
        var (startedAt, startedTimestamp) = (time.Seconds(), time.GetTimestamp());
        await journal.StatusAsync(Name, new StatusUpdate(ProcessState.Starting, null, identity.RunId, startedAt, null));
        var failures = new RunWatch(identity, Declarations, time, _recovery.Take);
        ChildProcess child;
        try
        {
            child = await launcher.StartAsync(spec, identity, failures);
        }
        catch (Win32Exception e)
        {
            logger.LogError(e, "{Process} could not be started", Name);
            await journal.NoticeAsync(identity, $"Could not be started: {e.Message}");
            await journal.StatusAsync(Name, new StatusUpdate(ProcessState.Dead, null, identity.RunId, startedAt, new ExitStatus(127)));
            return new CommandOutcome(false, $"{Name} could not be started: {e.Message}");
        }

        logger.LogDebug("{Process}: {Command} in {Folder}, {Output}", Name, spec.Command, spec.WorkingDirectory,
            spec.Terminal is null || child.WhyNoTerminal is not null ? "over pipes" : "on a terminal");
        logger.LogInformation("{Process} started with PID {Pid} ({Cause})", Name, child.Pid, cause);
        await journal.RunStartedAsync(identity, child.Pid, cause, _started++, startedAt);
        await journal.StatusAsync(Name, new StatusUpdate(ProcessState.Running, child.Pid, identity.RunId, startedAt, null));
        await journal.NoticeAsync(identity, $"Started with PID {child.Pid}");
        if (child.WhyNoTerminal is { } reason) await TellOfPipesAsync(identity, reason);
        child.BeginCapture();
        _run = new ActiveRun(identity, child, failures, startedAt, startedTimestamp);
        _run.Monitor = MonitorAsync(_run);
        return null;
    }

    // Without a terminal, programs hold output back and drop their colours: whoever wonders finds the cause beside the output.
    private async Task TellOfPipesAsync(RunIdentity run, string reason)
    {
        logger.LogWarning("{Process} runs over pipes, because there is no terminal for it: {Reason}", Name, reason);
        await journal.NoticeAsync(run, $"No terminal for this run ({reason}); it prints into pipes");
    }

    /// <summary>A run that is over may have left members of its group, or someone who holds its output: they go before the next run.</summary>
    private static async Task RetireAsync(ActiveRun run)
    {
        await run.Monitor;
        await run.Child.DisposeAsync();
    }
}
