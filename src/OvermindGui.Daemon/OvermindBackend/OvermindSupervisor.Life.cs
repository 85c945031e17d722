using System.ComponentModel;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

// Overmind's own life, from its launch to the end of what it leaves behind.
internal sealed partial class OvermindSupervisor
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    // It gives its processes five seconds, and itself one more. What is left has to be ended and stored before the daemon's time is up.
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(9);

    // How long its last output may take to arrive while another process holds its pipe.
    private static readonly TimeSpan Drain = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan GroupPollInterval = TimeSpan.FromMilliseconds(20);

    private CombinedOutput? _output;
    private ChildProcess? _overmind;
    private ParentDeathWatchdog? _guard;
    private OvermindWindow? _window;
    private Task _life = Task.CompletedTask;
    private Task _recovery = Task.CompletedTask;
    private volatile bool _isQuitting;
    private readonly TaskCompletionSource _killRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _stopping;

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
        _overmind.BeginCapture();
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
        var deadline = Task.Delay(QuitTimeout, time);
        var answer = await client.SendAsync("quit");
        if (answer.Problem is { } problem)
        {
            logger.LogWarning("overmind quit: {Problem}; asking by a signal", problem);
            overmind.Group.Signal(ProcessGroup.Terminate);
        }

        await Task.WhenAny(overmind.Exited, deadline, _killRequested.Task);
        if (overmind.Exited.IsCompleted) return;
        if (_killRequested.Task.IsCompleted) logger.LogWarning("overmind (PID {Pid}) is killed, as asked for", overmind.Pid);
        else logger.LogWarning("overmind (PID {Pid}) did not end within {Timeout}; killing it", overmind.Pid, QuitTimeout);
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
