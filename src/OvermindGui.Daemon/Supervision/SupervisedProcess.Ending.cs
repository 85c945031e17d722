using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

internal sealed partial class SupervisedProcess
{
    // Nobody of the run is left by then, so its output ends as soon as it is read; somebody else may have been handed its pipe or terminal.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(100);

    private volatile ActiveRun? _stopping; // by a person, who may ask again

    /// <summary>Called when a run has ended by itself; the last argument says that nobody starts it again.</summary>
    public Action<SupervisedProcess, ExitStatus?, bool>? Ended { get; set; }

    /// <summary>Stops the current run and waits until nothing of its group is left. False when there was nothing to stop.</summary>
    private async Task<bool> EndAsync()
    {
        if (_run is not { HasExited: false } run)
        {
            if (_run is not null) await _run.Monitor;
            return false;
        }

        run.RequestStop();
        _stopping = run;
        recorder.Status(
            Name, new StatusUpdate(ProcessState.Stopping, run.Child.Pid, run.Identity.RunId, run.StartedAt, null));
        await run.EndGroupOnceAsync(EndGroupAsync);
        await run.Monitor;
        _stopping = null;
        return true;
    }

    /// <summary>Follows a run to its end: the exit at once, then its last output, then the notice behind it.</summary>
    private async Task MonitorAsync(ActiveRun run)
    {
        var exit = await run.Child.Exited;
        await run.EndReadinessAsync();
        var stopped = run.StopRequested;
        logger.LogInformation("{Process} (PID {Pid}) {Exit}", Name, run.Child.Pid, Words(exit));
        recorder.RunEnded(run.Identity, exit);
        var comesBack = !stopped && ComesBackAfter(exit);
        var state = stopped ? ProcessState.Stopped : comesBack ? ProcessState.Waiting : ProcessStates.AfterEnd(exit);
        var update = new StatusUpdate(state, null, run.Identity.RunId, run.StartedAt, exit) { Crashes = _recovery.Crashes };
        if (!stopped) recorder.Status(Name, update);
        changes.Tell();

        // Whoever is left in the group has lost its leader: nothing else would ever stop it. A stop is over when they are gone too.
        if (stopped || run.Child.Processes.IsAlive()) await run.EndGroupOnceAsync(EndGroupAsync);
        if (stopped && !run.IsBroken) recorder.Status(Name, update);
        await Task.WhenAny(run.Child.OutputEnded, Task.Delay(Drain, time));
        recorder.Notice(
            run.Identity,
            stopped ? $"Stopped ({Words(exit)})" : $"{Sentence(exit)} after {UptimeFormatter.Of(time.GetElapsedTime(run.StartedTimestamp))}",
            stopped || exit is { IsSuccess: true } ? LineLevel.None : LineLevel.Error);
        // Behind its last line: a failure in that one counts before the end does.
        if (comesBack) _recovery.Take(new EndedByItself(run.Identity, exit));
        if (!stopped) Ended?.Invoke(this, exit, !comesBack && !run.IsBroken);
    }

    private bool ComesBackAfter(ExitStatus? exit) => Plan.Restart switch
    {
        RestartRule.Always => true,
        RestartRule.OnFailure => exit is not { IsSuccess: true },
        _ => false,
    };

    private async Task EndGroupAsync(IChild child)
    {
        var stopPolicy = StopPolicy.Of(Plan);
        var leaderIsFrozen = await GroupLeaderSuspension.TryFreezeAsync(child.Processes.Group, stopPolicy.Signal, time);
        child.Processes.Signal(stopPolicy.Signal);
        if (await IsGoneAsync(child, stopPolicy.Timeout, leaderIsFrozen)) return;
        logger.LogWarning("{Process} (PID {Pid}) did not end within {Timeout}; killing it", Name, child.Pid, stopPolicy.Timeout);
        // Again and again: one that leaves the group while it is being killed has children that nobody has seen yet.
        var started = time.GetTimestamp();
        do child.Processes.Signal(ProcessGroup.Kill);
        while (!await IsGoneAsync(child, KillInterval) && time.GetElapsedTime(started) < stopPolicy.KillTimeout);
        if (child.Processes.IsAlive())
            logger.LogError("{Process} (PID {Pid}) survived SIGKILL; the kernel holds it", Name, child.Pid);
    }

    private async Task<bool> IsGoneAsync(IChild child, TimeSpan timeout, bool leaderIsFrozen = false)
    {
        var started = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(2);
        while (child.Processes.IsAlive())
        {
            if (leaderIsFrozen && !child.Processes.Group.HasOtherMembers()) GroupLeaderSuspension.Release(child.Processes.Group);
            if (time.GetElapsedTime(started) >= timeout) return false;
            await Task.WhenAny(Task.Delay(pause, time), child.Exited.IsCompleted ? Task.Delay(pause, time) : child.Exited);
            if (pause < TimeSpan.FromMilliseconds(50)) pause *= 2;
        }

        return true;
    }

    private static string Words(ExitStatus? exit) => exit?.ToString() ?? "ended, nobody knows how";

    private static string Sentence(ExitStatus? exit)
    {
        var text = Words(exit);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
