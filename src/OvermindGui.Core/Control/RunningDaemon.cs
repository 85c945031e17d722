using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>A daemon's process, identified by PID and start time, so that no other program is mistaken for it.</summary>
public sealed record RunningDaemon(int Pid, long Birth)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Null when there is no such process, and on systems without <c>/proc</c>.</summary>
    public static RunningDaemon? Of(int pid) => ProcessEntry.Of(pid) is { Runs: true } entry ? new RunningDaemon(pid, entry.Birth) : null;

    /// <summary>
    /// The daemon that listens for a folder, as reported by the kernel; null when there is none, or when it runs in another container.
    /// </summary>
    public static async Task<RunningDaemon?> FindAsync(ProjectFolder folder, CancellationToken cancellationToken)
    {
        await using var client = await ControlClient.TryConnectAsync(folder, cancellationToken);
        return client?.DaemonPid is { } pid ? Of(pid) : null;
    }

    public bool Lives => ProcessEntry.Of(Pid) is { Runs: true } now && now.Birth == Birth;

    /// <summary>Asks it to quit, without using any file: when its folder is gone, nothing else reaches it.</summary>
    public void Terminate()
    {
        if (Lives) _ = NativeProcess.Kill(Pid, NativeProcess.TerminateSignal);
    }

    /// <summary>False when it is still alive after the time limit.</summary>
    public async Task<bool> WaitForEndAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (Lives)
        {
            if (time.GetElapsedTime(started) > timeout) return false;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return true;
    }
}
