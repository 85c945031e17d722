using System.ComponentModel;
using System.Runtime.InteropServices;
using OvermindGui.Core.Projects;

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
        string?[] argv = [file, .. arguments, null];
        Console.Out.Flush();
        _ = Execute(file, argv);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{file} could not be executed");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] argv);
}
