using System.Globalization;
using OvermindGui.Core.Posix;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// When a leader that holds a terminal dies, the rest of its group gets a hang-up: in "cd app; node server.js" SIGTERM kills the shell
/// at once, and node would lose the time it needs to clean up. So a leader that SIGTERM would kill is suspended (SIGSTOP) before the
/// group is signalled, and resumed when the others are gone. A leader that handles the signal is not suspended.
/// </summary>
internal static class GroupLeaderSuspension
{
    private const int Stop = 19; // SIGSTOP and SIGCONT on Linux; where there is no /proc nothing is frozen
    private const int Continue = 18;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    /// <param name="signal">The signal that the group is about to receive.</param>
    /// <returns>Whether the leader is suspended; the caller must then call <see cref="Release"/>.</returns>
    public static async Task<bool> TryFreezeAsync(ProcessGroup group, int signal, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux() || !DiesOf(group.Id, signal) || !group.HasOtherMembers()) return false;
        _ = NativeProcess.Kill(group.Id, Stop);
        // A signal that arrives before it is suspended would be delivered first, because its number is lower.
        var started = time.GetTimestamp();
        while (StateOf(group.Id) is not ("T" or "Z" or null) && time.GetElapsedTime(started) < StopTimeout)
            await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        return true;
    }

    /// <summary>Resumes the leader, which then receives the pending signal.</summary>
    public static void Release(ProcessGroup group) => _ = NativeProcess.Kill(group.Id, Continue);

    private static bool DiesOf(int pid, int signal) => ((MaskOf(pid, "SigIgn") | MaskOf(pid, "SigCgt")) >> (signal - 1) & 1) == 0;

    private static ulong MaskOf(int pid, string name) =>
        Field(pid, name) is { } mask ? ulong.Parse(mask, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : ulong.MaxValue;

    private static string? StateOf(int pid) => Field(pid, "State")?[..1];

    // proc_pid_status(5): "Name:\tvalue". Null when the process is gone.
    private static string? Field(int pid, string name)
    {
        try
        {
            return File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith(name + ':', StringComparison.Ordinal))?[(name.Length + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
