using System.ComponentModel;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// The folder's processes, run by an external overmind: started and ended with it, commanded by its command line, known by what it prints
/// and by its table.
/// </summary>
/// <param name="procfile">Absolute path.</param>
internal sealed class OvermindSupervisor(
    OvermindTools tools, ProjectFolder folder, string procfile, TerminalSize windowSize, OvermindClient client, OvermindProcesses processes,
    AsyncLock gate, StateSignal changes, EventRecorder recorder, StopPolicy stopPolicy, TimeProvider time, ILogger<OvermindSupervisor> logger) : ISupervisor, IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPollInterval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // Overmind gives its processes their timeout, and itself one second more; the rest is for a loaded machine.
    private static readonly TimeSpan QuitMargin = TimeSpan.FromSeconds(4);

    // How long its last output may take to arrive while another process holds its pipe.
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan GroupPollInterval = TimeSpan.FromMilliseconds(20);

    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _killRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CombinedOutput? _output;
    private ChildProcess? _overmind;
    private ParentDeathWatchdog? _guard;
    private OvermindWindow? _window;
    private Task _life = Task.CompletedTask;
    private Task _recovery = Task.CompletedTask;
    private volatile bool _isQuitting;
    private Task? _stopping;

    public IReadOnlyList<RunningProcess> Running => [.. processes.All.Select(p => p.Running).OfType<RunningProcess>()];

    public Task Failed => _failed.Task;

    /// <summary>Never completes: overmind runs with the option that any process can die.</summary>
    public Task<string> EndedByRule { get; } = new TaskCompletionSource<string>().Task;

    public int HighestExitCode => 0;

    /// <summary>Overmind asks each of its processes twice, and itself takes as long as all of them together.</summary>
    public TimeSpan StopLimit => 2 * stopPolicy.Limit;

    public async Task StartAllAsync(FirstStart first, CancellationToken cancellationToken)
    {
        if (await OvermindSocket.RemoveStaleAsync(client, folder))
            recorder.SystemNotice("The socket of an overmind that was killed has been removed");
        var overmind = await LaunchAsync();
        recorder.SystemNotice($"overmind started with PID {overmind.Pid}");
        if (!await AnswersAsync(overmind).WaitAsync(cancellationToken))
            throw new StartupException(overmind.Exited.IsCompleted
                ? string.Join('\n', processes.Complaints.Prepend($"overmind did not start; it {await overmind.Exited}"))
                : $"overmind did not answer within {StartTimeout.TotalSeconds:0} seconds");
        _recovery = RecoverAsync();
        foreach (var process in processes.All.Where(p => !p.IsListed))
            recorder.SystemNotice($"Overmind does not run {process.Name}: {OvermindProcess.WhyNotListed}");
    }

    public void RestartFor(string process, RuleViolation violation) => processes.Find(process)?.RestartFor(violation);

    public async Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by, string? cause = null)
    {
        if (kind == CommandKind.Kill && subject is null && _isQuitting)
        {
            await KillAllAsync();
            return new CommandOutcome(true, "Killed all");
        }

        if (kind is CommandKind.Kill or CommandKind.Scale or CommandKind.Reload or CommandKind.PreviewReload)
            return new CommandOutcome(false, $"There is no {kind.ToText()} in overmind mode, because overmind cannot do it");
        var (meant, unknown) = NamedProcesses.Select(subject, processes.All, p => p.Name);
        if (unknown is not null) return unknown;
        var outcomes = await Task.WhenAll(meant.Select(p => ExecuteAsync(kind, p, by)));
        return CommandOutcome.Of(outcomes);
    }

    public Task<CommandOutcome> TypeAsync(string process, string text) =>
        Task.FromResult(new CommandOutcome(false, "In overmind mode a process is typed to in its tmux window: overmind connect NAME"));

    public (IChild? Child, string Answer) Find(string process) =>
        (null, "In overmind mode the terminal of a process is its tmux window: overmind connect NAME");

    private async Task<CommandOutcome> ExecuteAsync(CommandKind kind, OvermindProcess process, Initiator by)
    {
        var outcome = await (kind switch
        {
            CommandKind.Start => process.StartAsync(by),
            CommandKind.Stop => process.StopAsync(by),
            CommandKind.Restart => process.RestartAsync(by),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no command to a process"),
        });
        await PollAsync();
        return outcome;
    }

    // Up, with every process that it runs: a page that opens now shows no process as waiting that has been started.
    private async Task<bool> AnswersAsync(ChildProcess overmind)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < StartTimeout && !overmind.Exited.IsCompleted)
        {
            var answered = await PollAsync();
            if (await changes.WaitUntilAsync(() => overmind.Exited.IsCompleted || (answered && HaveBegun()), StartPollInterval))
                return !overmind.Exited.IsCompleted;
        }

        return false;
    }

    private bool HaveBegun() => processes.All.All(p => p.HasBegun);

    /// <summary>Asks overmind for its table; false when it does not answer.</summary>
    private async Task<bool> PollAsync()
    {
        var askedAt = time.GetTimestamp();
        var answer = await client.SendAsync("status");
        if (answer.Problem is { } problem) logger.LogDebug("overmind status: {Problem}", problem);
        else await processes.ObserveAsync(OvermindStatus.Parse(answer.Output), askedAt, _output!.AllReadAt);
        return answer.Problem is null;
    }

    public Task StopAllAsync() => _stopping ??= StopAsync();

    /// <summary>Overmind is killed, and what it leaves with it.</summary>
    public Task KillAllAsync()
    {
        _killRequested.TrySetResult();
        return StopAllAsync();
    }

    public ValueTask DisposeAsync() => new(StopAllAsync());

    private async Task StopAsync()
    {
        _isQuitting = true;
        foreach (var process in processes.All) process.EndForGood();
        if (_overmind is { Exited.IsCompleted: false } overmind) await QuitAsync(overmind);
        await _life;
        await Task.WhenAll(processes.All.Select(p => p.EndRecoveryAsync()));
        await _recovery;
        if (_overmind is not null) await _overmind.DisposeAsync();
        _window?.Dispose();
        if (_guard is not null) await _guard.DisposeAsync();
    }

    private async Task<ChildProcess> LaunchAsync()
    {
        var sessionCommand = SessionCommands.ForThisSystem();
        var window = _window = OvermindWindow.Open(windowSize, processes.All.Select(p => p.Name), logger);
        var output = _output = new CombinedOutput(processes, time);
        try
        {
            _guard = new ParentDeathWatchdog(sessionCommand, tools, processes.TmuxSocket);
            _overmind = new ChildProcess(OvermindCommandLine.Create(sessionCommand, tools, folder, procfile, window, stopPolicy), output, ProcessTag.Of(folder, ProcessTag.Overmind));
        }
        catch (Win32Exception e)
        {
            output.Dispose();
            throw new StartupException($"overmind could not be started: {e.Message}", e);
        }

        await _overmind.LeadsGroupAsync(time);
        _overmind.StartCapture();
        _life = LiveAsync(_overmind);
        return _overmind;
    }

    // Ends when the daemon does, or at the first fault.
    private async Task RecoverAsync()
    {
        try
        {
            await foreach (var ended in Task.WhenEach([.. processes.All.Select(p => p.RecoverAsync())])) await ended;
        }
        catch (Exception e)
        {
            _failed.TrySetException(e); // ours, and must not pass in silence
        }
    }

    private async Task LiveAsync(ChildProcess overmind)
    {
        try
        {
            using (var timer = new PeriodicTimer(PollInterval, time))
            {
                var tick = timer.WaitForNextTickAsync().AsTask();
                while (await Task.WhenAny(overmind.Exited, tick) == tick)
                {
                    if (overmind.OutputEnded.IsFaulted) await overmind.OutputEnded;
                    await PollAsync();
                    tick = timer.WaitForNextTickAsync().AsTask();
                }
            }

            await EndedAsync(overmind);
        }
        catch (Exception e)
        {
            _failed.TrySetException(e); // ours, and must not pass in silence
        }
    }

    private async Task EndedAsync(ChildProcess overmind)
    {
        await Task.WhenAny(overmind.OutputEnded, Task.Delay(Drain, time));
        var exit = await overmind.Exited;
        logger.LogInformation("overmind (PID {Pid}) {Exit}", overmind.Pid, exit);
        if (!_isQuitting) recorder.SystemNotice($"overmind ended by itself ({exit}); the daemon ends too, since nothing is left to supervise");
        await EndWhatIsLeftAsync();
        await gate.RunAsync(async () =>
        {
            foreach (var process in processes.All) await process.EndWithOvermindAsync();
        });
        if (!_isQuitting) _failed.TrySetException(new OvermindEndedException($"overmind ended by itself ({exit}), and the daemon with it"));
    }

    private async Task QuitAsync(ChildProcess overmind)
    {
        await gate.RunAsync(async () =>
        {
            foreach (var process in processes.All) await process.StopRequestedAsync();
        });
        var limit = stopPolicy.Timeout + QuitMargin;
        var deadline = Task.Delay(limit, time);
        var answer = await client.SendAsync("quit");
        if (answer.Problem is { } problem)
        {
            logger.LogWarning("overmind quit: {Problem}; asking by a signal", problem);
            overmind.Group.Signal(ProcessGroup.Terminate);
        }

        await Task.WhenAny(overmind.Exited, deadline, _killRequested.Task);
        if (overmind.Exited.IsCompleted) return;
        if (_killRequested.Task.IsCompleted) logger.LogWarning("overmind (PID {Pid}) is killed, as asked for", overmind.Pid);
        else logger.LogWarning("overmind (PID {Pid}) did not end within {Timeout}; killing it", overmind.Pid, limit);
        overmind.Group.Signal(ProcessGroup.Kill);
        await overmind.Exited;
    }

    /// <summary>Stops processes that are still running after overmind has ended. Those already signalled are not signalled again.</summary>
    private async Task EndWhatIsLeftAsync()
    {
        var left = processes.All.Select(p => p.Group).OfType<ExternalProcessGroup>().Where(group => group.IsAlive()).ToList();
        if (left.Count > 0 && !_isQuitting) await SignalAsync(left, ProcessGroup.Terminate, stopPolicy.Timeout);
        if (left.Count > 0) await SignalAsync(left, ProcessGroup.Kill, stopPolicy.KillTimeout);
        if (processes.TmuxSocket.IsCompleted) await TmuxServer.KillAsync(tools, await processes.TmuxSocket);
    }

    private async Task SignalAsync(List<ExternalProcessGroup> groups, int signal, TimeSpan timeout)
    {
        groups.ForEach(group => group.Signal(signal));
        var started = time.GetTimestamp();
        while (groups.RemoveAll(group => !group.IsAlive()) >= 0 && groups.Count > 0 && time.GetElapsedTime(started) < timeout)
            await Task.Delay(GroupPollInterval, time);
    }
}
