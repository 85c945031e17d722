using System.Runtime.InteropServices;

namespace OvermindGui.Daemon.Launching;

/// <summary>The POSIX calls that .NET does not offer.</summary>
internal static partial class NativeMethods
{
    public const int NoSuchProcess = 3; // ESRCH, on Linux and macOS

    public const int NotPermitted = 1; // EPERM, on both
    public const int RealTimeLimit = 15; // RLIMIT_RTTIME, on Linux

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    public static partial int GetLimit(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    public static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int CreateSession();

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    public static partial int Duplicate(int from, int to);
}

/// <summary>struct rlimit, on 64-bit systems.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct ResourceLimit(ulong Soft, ulong Hard);
