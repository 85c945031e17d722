using System.ComponentModel;
using System.Runtime.InteropServices;
using OvermindGui.Core.Projects;

namespace OvermindGui.Hosting;

/// <summary>Replaces this process by a fresh run of the program: same PID, same terminal, and a newer version when one was installed.</summary>
internal static partial class ProcessImage
{
    /// <exception cref="Win32Exception">The program cannot be executed any more; this process goes on.</exception>
    public static void Replace(SelfExecutable executable, IEnumerable<string> arguments)
    {
        string?[] argv = [executable.File, .. executable.Prefix, .. arguments, null];
        Console.Out.Flush();
        _ = Execute(executable.File, argv);
        throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{executable.File} could not be executed");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] argv);
}
