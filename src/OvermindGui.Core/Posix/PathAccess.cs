using System.Runtime.InteropServices;

namespace OvermindGui.Core.Posix;

/// <summary>What this process may do with a file, without opening it.</summary>
public static partial class PathAccess
{
    private const int Writable = 2; // W_OK

    /// <summary>False when the file is missing or must not be written.</summary>
    public static bool IsWritable(string path) => Access(path, Writable) == 0;

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
