using System.Globalization;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// The death of a leader that holds a terminal hangs up on the rest of its group: in "cd app; node server.js" SIGTERM kills the shell at
/// once, and node would lose the time it needs to clean up. A leader that SIGTERM would simply kill is therefore stopped (SIGSTOP) before
/// the group is asked, and goes on to its end when the others are gone. One that handles the signal is left to do so.
/// </summary>
internal static class GroupLeaderSuspension
{
    private const int Stop = 19; // SIGSTOP and SIGCONT on Linux; where there is no /proc nothing is frozen
    private const int Continue = 18;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    /// <param name="signal">What the group is about to be sent.</param>
    /// <returns>Whether the leader stands still now, and <see cref="Release"/> is owed to it.</returns>
    public static async Task<bool> TryFreezeAsync(ProcessGroup group, int signal, TimeProvider time)
    {
        if (!OperatingSystem.IsLinux() || !DiesOf(group.Id, signal) || !group.HasOtherMembers()) return false;
        _ = NativeMethods.Kill(group.Id, Stop);
        // A signal that comes before it stands still would be delivered first, having the lower number.
        var started = time.GetTimestamp();
        while (StateOf(group.Id) is not ("T" or "Z" or null) && time.GetElapsedTime(started) < StopTimeout)
            await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        return true;
    }

    /// <summary>Lets the leader go on; the signal that waits for it is what it meets.</summary>
    public static void Release(ProcessGroup group) => _ = NativeMethods.Kill(group.Id, Continue);

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
