using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>Gives a file its name unless the name is taken. .NET's move looks first and replaces then, so of two programs at once both succeed.</summary>
public static partial class FileNaming
{
    private const int NameTaken = 17; // EEXIST, on Linux and macOS

    // EPERM, ENOSYS and EOPNOTSUPP, of either system: what file systems without hard links answer.
    private static readonly int[] Unsupported = [1, 38, 45, 78, 95, 102];

    /// <summary>False when the name is taken, even by a link that leads nowhere. Otherwise the file has it instead of its old one.</summary>
    /// <param name="written">The file, in the same file system.</param>
    /// <exception cref="IOException">The name cannot be given.</exception>
    public static bool TryName(string written, string name)
    {
        if (Link(written, name) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == NameTaken) return false;
            if (!Unsupported.Contains(error)) throw new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(error)}", error);
            if (FileStatus.Of(name) is not null) return false;
            File.Move(written, name, overwrite: false);
            return true;
        }

        File.Delete(written);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);
}
