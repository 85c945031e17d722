using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;

namespace OvermindGui.Invocation;

/// <summary>Replaces this process by another program: same PID, same terminal.</summary>
internal static class ProcessImage
{
    /// <summary>Restarts our own program; uses a newer version if one was installed.</summary>
    /// <exception cref="Win32Exception">The program can no longer be executed; this process continues.</exception>
    public static void Replace(SelfExecutable executable, IEnumerable<string> arguments) =>
        Replace(executable.File, [.. executable.Prefix, .. arguments]);

    /// <param name="file">Absolute path.</param>
    /// <exception cref="Win32Exception">The program cannot be executed; this process continues.</exception>
    public static void Replace(string file, IEnumerable<string> arguments)
    {
        Console.Out.Flush();
        // Passes .NET's environment explicitly: .NET does not update the one that execv(3) uses.
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}");
        _ = NativeProcess.Execute(file, [file, .. arguments, null], [.. environment, null]);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{file} could not be executed");
    }

    /// <summary>The same with a separate environment, for other programs.</summary>
    /// <param name="file">Absolute path.</param>
    /// <param name="words">All arguments, including the program's name as the first one.</param>
    /// <exception cref="Win32Exception">The program cannot be executed; this process continues.</exception>
    public static void Replace(string file, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
    {
        Console.Out.Flush();
        // .NET ignores SIGPIPE and children inherit that: "run yes | head" would never end.
        var ignored = NativeProcess.SetSignalAction(NativeProcess.BrokenPipeSignal, NativeProcess.DefaultAction);
        CallerLimits.Restore();
        _ = NativeProcess.Execute(file, [.. words, null], [.. environment.Select(v => $"{v.Key}={v.Value}"), null]);
        var error = Marshal.GetLastPInvokeError();
        _ = NativeProcess.SetSignalAction(NativeProcess.BrokenPipeSignal, ignored);
        CallerLimits.Raise();
        throw new Win32Exception(error, $"could not be executed: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
