using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvermindGui.Core.Posix;

/// <summary>How a file is opened.</summary>
[Flags]
public enum OpenModes
{
    /// <summary>For reading.</summary>
    Read = 0,

    /// <summary>For reading and writing.</summary>
    Write = 1,

    /// <summary>Create the file with mode 0600 if it is missing.</summary>
    Create = 2,

    /// <summary>Fail if the name exists, even as a link.</summary>
    New = 4,

    /// <summary>Follow symbolic links.</summary>
    FollowLinks = 8,
}

/// <summary>
/// Opens files with open(2), because .NET follows links, blocks until a pipe has a peer, and locks each file it opens. Descriptors from
/// here do none of this and are closed in child processes.
/// </summary>
public static partial class FileOpening
{
    private const int OwnerOnly = 0x180; // 0600

    // The values of the open(2) flags differ by system; O_NOFOLLOW also differs by processor.
    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly int ReadWrite = 2;
    private static readonly int CreateFlag = IsMac ? 0x200 : 0x40;
    private static readonly int ExclusiveFlag = IsMac ? 0x800 : 0x80;
    private static readonly int NonBlocking = IsMac ? 0x4 : 0x800;
    private static readonly int NoTerminal = IsMac ? 0x20000 : 0x100;
    private static readonly int CloseOnExec = IsMac ? 0x1000000 : 0x80000;
    private static readonly int NoFollow = IsMac ? 0x100
        : RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    private static int LinkRefused => IsMac ? 62 : 40; // ELOOP
    private static int NobodyThere => 6; // ENXIO: a socket, or a pipe without a reader

    /// <summary>Opens a file of any kind without waiting for a peer.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    /// <exception cref="IOException">The file is a link, or cannot be opened for another reason.</exception>
    public static SafeFileHandle Open(string path, OpenModes modes = OpenModes.Read)
    {
        var flags = NonBlocking | NoTerminal | CloseOnExec
            | (modes.HasFlag(OpenModes.Write) ? ReadWrite : 0)
            | (modes.HasFlag(OpenModes.Create) ? CreateFlag : 0)
            | (modes.HasFlag(OpenModes.New) ? CreateFlag | ExclusiveFlag : 0)
            | (modes.HasFlag(OpenModes.FollowLinks) ? 0 : NoFollow);
        var descriptor = Open(path, flags, OwnerOnly);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure(path, Marshal.GetLastPInvokeError());
    }

    /// <summary>Opens one of our own files. Rejects anything but a regular file.</summary>
    /// <inheritdoc cref="Open(string, OpenModes)" path="exception"/>
    public static SafeFileHandle OpenRegular(string path, OpenModes modes = OpenModes.Read)
    {
        var file = Open(path, modes);
        if (FileStatus.Of(file) is null or { Kind: FileKind.Regular }) return file;
        file.Dispose();
        throw new IOException($"{path} is no regular file; remove it");
    }

    /// <summary>
    /// Like <see cref="Open(string, OpenModes)"/>, but returns null when the file cannot be opened or is not a regular file.
    /// </summary>
    public static SafeFileHandle? TryOpenRegular(string path)
    {
        try
        {
            return OpenRegular(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Exception Failure(string path, int error) => error switch
    {
        2 or 20 => new FileNotFoundException($"There is no file {path}", path), // ENOENT, ENOTDIR
        1 or 13 => new UnauthorizedAccessException($"{path} may not be opened: {Marshal.GetPInvokeErrorMessage(error)}"), // EPERM, EACCES
        _ when error == LinkRefused => new IOException($"{path} is a link, which is not followed; remove it"),
        _ when error == NobodyThere => new IOException($"{path} is no regular file; remove it"),
        _ => new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(error)}", error),
    };

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, int mode);
}
