using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>Locks of flock(2) on open files. The kernel drops them with the descriptor.</summary>
internal static partial class FileLocking
{
    private const int Shared = 1;
    private const int Exclusive = 2;
    private const int NotWaiting = 4;

    /// <summary>False when another holds any lock on the file.</summary>
    public static bool TryLock(SafeFileHandle file) => Flock(file, Exclusive | NotWaiting) == 0;

    /// <summary>False when another holds an exclusive lock on the file.</summary>
    public static bool TryShare(SafeFileHandle file) => Flock(file, Shared | NotWaiting) == 0;

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle file, int operation);
}
