using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>Calls about processes, sessions and signals that .NET does not offer.</summary>
public static partial class NativeProcess
{
    public const int NotPermitted = 1; // EPERM, on Linux and macOS
    public const int NoSuchProcess = 3; // ESRCH, on both

    public const int BrokenPipeSignal = 13; // SIGPIPE
    public const int TerminateSignal = 15; // SIGTERM
    public const nint DefaultAction = 0; // SIG_DFL

    /// <summary>Signals that a caller may have set to be ignored, which exec does not reset.</summary>
    public static IReadOnlyList<int> OftenIgnored { get; } = [1, 2, 3, 13, 15, 21, 22, 24, 25]; // SIGHUP, INT, QUIT, PIPE, TERM, TTIN, TTOU, XCPU, XFSZ

    /// <summary>PR_SET_CHILD_SUBREAPER of prctl(2): orphans of this program's descendants become its children. Linux only.</summary>
    public const int BecomeSubreaper = 36;

    /// <summary>WNOHANG of waitpid(2), on Linux and macOS: a process that still runs is not waited for.</summary>
    public const int DoNotHang = 1;

    /// <summary>prctl(2): 0, or −1 with the error in <see cref="Marshal.GetLastPInvokeError"/>.</summary>
    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    public static partial int SetOption(int option, nuint first, nuint second, nuint third, nuint fourth);

    /// <summary>waitpid(2): the PID whose exit status was collected, 0 when none has ended, or −1.</summary>
    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    public static partial int Wait(int pid, out int status, int options);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    /// <summary>getpgid(2): the group of a process, or −1 when there is none. A hundred times as fast as a look into /proc.</summary>
    [LibraryImport("libc", EntryPoint = "getpgid", SetLastError = true)]
    public static partial int GroupOf(int pid);

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    public static partial int CreateSession();

    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true)]
    public static partial nint SetSignalAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, string?[] argv, string?[] environment);

    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();
}
