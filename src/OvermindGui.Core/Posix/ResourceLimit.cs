using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>A limit of a process (struct rlimit, on 64-bit systems).</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly partial record struct ResourceLimit(ulong Soft, ulong Hard)
{
    public const int OpenFiles = 7; // RLIMIT_NOFILE, on Linux
    public const int RealTime = 15; // RLIMIT_RTTIME, on Linux

    /// <summary>False when the system does not say.</summary>
    public static bool TryGet(int resource, out ResourceLimit limit) => Get(resource, out limit) == 0;

    /// <summary>The same of any process. Linux only; another user's process is refused with <see cref="NativeProcess.NotPermitted"/>.</summary>
    public static bool TryGet(int pid, int resource, out ResourceLimit limit) => GetOf(pid, resource, 0, out limit) == 0;

    /// <summary>False when the system refuses.</summary>
    public bool TrySet(int resource) => Set(resource, in this) == 0;

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int Get(int resource, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int GetOf(int pid, int resource, nint replacement, out ResourceLimit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int Set(int resource, in ResourceLimit limit);
}
