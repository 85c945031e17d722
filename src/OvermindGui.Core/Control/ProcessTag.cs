using System.Globalization;
using System.Runtime.InteropServices;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>
/// A tag that all processes of a run share, even if they change their group, session, parent or environment: a number in the soft limit of
/// real-time CPU time (RLIMIT_RTTIME, getrlimit(2)). Children inherit limits, and programs do not reset them. The limit itself has no
/// effect: it amounts to thousands of years.
/// </summary>
/// <param name="Folder">See <see cref="NumberOf"/>.</param>
/// <param name="RunId">The lowest 28 bits of it.</param>
public readonly record struct ProcessTag(uint Folder, int RunId)
{
    /// <summary>The tag of an overmind and everything it runs, instead of a run id.</summary>
    public const int Overmind = 0;

    /// <summary>The bits of a run id that <see cref="RunId"/> has.</summary>
    public const int RunMask = (1 << FolderShift) - 1;

    private const ulong Magic = 0x5;
    private const int MagicShift = 60;
    private const int FolderShift = 28;
    private const string LimitName = "Max realtime timeout";

    public static ProcessTag Of(ProjectFolder folder, long runId) => new(NumberOf(folder), (int)(runId & RunMask));

    /// <summary>
    /// Identifies a folder on this machine, whatever path leads to it, by the location of its lock file, which only one daemon can hold.
    /// </summary>
    public static uint NumberOf(ProjectFolder folder) =>
        FileIdentity.Of(folder.Data) is { } identity ? (uint)(((identity.Inode ^ (ulong)identity.Birth) * 0x9E3779B97F4A7C15) >> 32) : 0;

    /// <summary>The value of the limit, in microseconds.</summary>
    public ulong Limit => Magic << MagicShift | (ulong)Folder << FolderShift | (uint)RunId;

    /// <summary>Null for a limit that is not one of our tags.</summary>
    public static ProcessTag? FromLimit(ulong limit) =>
        limit >> MagicShift == Magic ? new ProcessTag((uint)(limit >> FolderShift), (int)(limit & RunMask)) : null;

    /// <summary>The tag of a process; null when it has none or has ended.</summary>
    public static ProcessTag? Of(int pid)
    {
        if (ResourceLimit.TryGet(pid, ResourceLimit.RealTime, out var limit)) return FromLimit(limit.Soft);
        return Marshal.GetLastPInvokeError() == NativeProcess.NotPermitted ? OfAnotherUser(pid) : null;
    }

    // Its limits can be read, but a look at each process of the machine would take milliseconds this way.
    private static ProcessTag? OfAnotherUser(int pid)
    {
        try
        {
            // proc_pid_limits(5): a table of name, soft limit, hard limit, unit; the number or "unlimited".
            var limits = File.ReadAllText($"/proc/{pid}/limits").AsSpan();
            var at = limits.IndexOf(LimitName);
            if (at < 0) return null;
            var value = limits[(at + LimitName.Length)..].TrimStart();
            return ulong.TryParse(value[..value.IndexOf(' ')], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? FromLimit(limit) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
