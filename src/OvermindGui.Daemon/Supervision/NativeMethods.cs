using System.Runtime.InteropServices;

namespace OvermindGui.Daemon.Supervision;

/// <summary>The POSIX calls that .NET does not offer.</summary>
internal static partial class NativeMethods
{
    public const int NoSuchProcess = 3; // ESRCH, on Linux and macOS

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int CreateSession();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int from, int to);
}
