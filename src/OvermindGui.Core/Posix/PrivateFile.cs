using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>Files that hold secrets, in folders into which somebody else may have put links, such as a repository that was cloned.</summary>
public static partial class PrivateFile
{
    /// <summary>For its owner alone (0600).</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int NotBlocking = 0x800; // a named pipe would keep us waiting
    private const int CloseOnExec = 0x80000;

    // open(2)'s numbers differ by system and, this one alone, by processor.
    private static int Flags => OperatingSystem.IsMacOS() ? 0x100 | 0x4 | 0x1000000
        : (RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000) | NotBlocking | CloseOnExec;

    /// <summary>A new file. Neither another file nor a link of the name is taken for it (O_EXCL).</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>An empty file, unless there is one of the name.</summary>
    public static void CreateMissing(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // somebody else was first
        }
    }

    /// <summary>Opens a file for reading, if the name is not that of a link.</summary>
    /// <exception cref="IOException">It is one, or the file cannot be opened.</exception>
    public static SafeFileHandle Open(string path)
    {
        var descriptor = Open(path, Flags);
        if (descriptor < 0) throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        return new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
