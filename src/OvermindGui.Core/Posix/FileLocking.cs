using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>Advisory locks of flock(2) on open files. The kernel releases them with the descriptor.</summary>
internal static partial class FileLocking
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NotWaiting = 4;
    private const int None = 8;

    /// <summary>False when another process holds any lock on the file.</summary>
    public static bool TryLock(SafeFileHandle file) => TryFlock(file, Exclusive);

    /// <summary>False when another process holds an exclusive lock on the file.</summary>
    public static bool TryShare(SafeFileHandle file) => TryFlock(file, Shared);

    /// <summary>
    /// Releases the lock explicitly: a child that was just forked shares the descriptor until it executes its program, so closing is not
    /// enough.
    /// </summary>
    public static void Unlock(SafeFileHandle file) => _ = Flock(file, None);

    /// <summary>
    /// True when the conflicting lock certainly belongs to no daemon: it is a shared lock, which daemons never take, or belongs to another
    /// user. False when the kernel does not show the owner.
    /// </summary>
    public static bool IsHeldByOthersAlone(SafeFileHandle file)
    {
        if (TryShare(file)) return true;
        if (!OperatingSystem.IsLinux() || FileStatus.Of(file) is not { } status) return false;
        var owners = Holders(status).Select(pid => FileStatus.Of($"/proc/{pid}")?.Owner).ToList();
        var own = NativeProcess.EffectiveUser();
        return owners.Count > 0 && owners.TrueForAll(owner => owner is not null && owner != own && owner != 0);
    }

    // proc_locks(5): "1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF".
    private static IEnumerable<int> Holders(FileStatus status)
    {
        var place = string.Create(
            CultureInfo.InvariantCulture, $"{status.Device.Major:x2}:{status.Device.Minor:x2}:{status.Identity.Inode}");
        return from line in File.ReadLines("/proc/locks")
               let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where words.Length > 5 && words[1] == "FLOCK" && words[5] == place
               select int.Parse(words[4], CultureInfo.InvariantCulture);
    }

    // A file system without lock support counts as unlocked. EWOULDBLOCK is 11 on Linux and 35 on macOS.
    private static bool TryFlock(SafeFileHandle file, int kind) =>
        Flock(file, kind | NotWaiting) == 0 || Marshal.GetLastPInvokeError() is not (11 or 35);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
