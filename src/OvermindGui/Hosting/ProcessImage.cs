using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Hosting;

/// <summary>Replaces this process by a run of a program: same PID, same terminal.</summary>
internal static partial class ProcessImage
{
    /// <summary>A fresh run of our own program, and of a newer version when one was installed.</summary>
    /// <exception cref="Win32Exception">The program cannot be executed any more; this process goes on.</exception>
    public static void Replace(SelfExecutable executable, IEnumerable<string> arguments) =>
        Replace(executable.File, [.. executable.Prefix, .. arguments]);

    /// <param name="file">Absolute path.</param>
    /// <exception cref="Win32Exception">The program cannot be executed; this process goes on.</exception>
    public static void Replace(string file, IEnumerable<string> arguments)
    {
        Console.Out.Flush();
        // With the environment as it is here: .NET does not change the one that execv(3) hands on.
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}");
        _ = Execute(file, [file, .. arguments, null], [.. environment, null]);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{file} could not be executed");
    }

    /// <summary>The same with an environment of its own, for a program that is not ours.</summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="words">All arguments, with the name that the program is called by as the first.</param>
    /// <exception cref="Win32Exception">The program cannot be executed; this process goes on.</exception>
    public static void Replace(string file, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        Console.Out.Flush();
        // .NET ignores it, and what is ignored stays so: "run yes | head" would never end in silence.
        var ignored = SetSignalAction(BrokenPipeSignal, DefaultAction);
        CallerLimits.Restore();
        _ = Execute(file, [.. words, null], [.. environment.Select(v => $"{v.Key}={v.Value}"), null]);
        var error = Marshal.GetLastPInvokeError();
        _ = SetSignalAction(BrokenPipeSignal, ignored);
        CallerLimits.Raise();
        throw new Win32Exception(error, $"could not be executed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    private const int BrokenPipeSignal = 13; // SIGPIPE
    private const nint DefaultAction = 0;

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignalAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] argv, string?[] environment);
}
