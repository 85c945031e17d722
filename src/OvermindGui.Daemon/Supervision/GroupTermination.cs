using Microsoft.Extensions.Logging;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Ends all processes of a run: asks, waits, kills. It reads nothing but what the kernel says of processes.</summary>
internal static class GroupTermination
{
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when none is left, or those that are have survived SIGKILL.</summary>
    /// <param name="name">For the log.</param>
    public static async Task EndAsync(string name, IChild child, StopPolicy policy, TimeProvider time, ILogger logger)
    {
        var leaderIsSuspended = await GroupLeaderSuspension.TryFreezeAsync(child.Processes.Group, policy.Signal, time);
        child.Processes.Signal(policy.Signal);
        if (await IsGoneAsync(child, policy.Timeout, time, leaderIsSuspended)) return;
        logger.LogWarning("{Process} (PID {Pid}) did not end within {Timeout}; killing it", name, child.Pid, policy.Timeout);
        // Repeat: a process that leaves the group while it is being killed may have children that were not seen yet.
        var started = time.GetTimestamp();
        do child.Processes.Signal(ProcessGroup.Kill);
        while (!await IsGoneAsync(child, KillInterval, time) && time.GetElapsedTime(started) < policy.KillTimeout);
        if (child.Processes.IsAlive())
            logger.LogError("{Process} (PID {Pid}) survived SIGKILL; the kernel holds it", name, child.Pid);
    }

    /// <summary>True when none of the run is left within the time; it is not asked to end.</summary>
    public static Task<bool> IsGoneAsync(IChild child, TimeSpan timeout, TimeProvider time) => IsGoneAsync(child, timeout, time, leaderIsSuspended: false);

    private static async Task<bool> IsGoneAsync(IChild child, TimeSpan timeout, TimeProvider time, bool leaderIsSuspended)
    {
        var started = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(2);
        while (child.Processes.IsAlive())
        {
            if (leaderIsSuspended && !child.Processes.Group.HasOtherMembers()) GroupLeaderSuspension.Release(child.Processes.Group);
            if (time.GetElapsedTime(started) >= timeout) return false;
            await Task.WhenAny(Task.Delay(pause, time), child.Exited.IsCompleted ? Task.Delay(pause, time) : child.Exited);
            if (pause < LongestPause) pause *= 2;
        }

        return true;
    }
}
