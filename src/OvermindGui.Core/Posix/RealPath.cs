using System.Runtime.InteropServices;
using System.Text;

namespace OvermindGui.Core.Posix;

/// <summary>Resolves all links in a path.</summary>
public static partial class RealPath
{
    private const int LongestPath = 4096;

    /// <summary>Null when the path does not exist.</summary>
    public static string? Of(string path)
    {
        var resolved = new byte[LongestPath + 1];
        return Resolve(path, resolved) == 0 ? null : Encoding.UTF8.GetString(resolved, 0, Array.IndexOf(resolved, (byte)0));
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Resolve(string path, byte[] resolved);
}
