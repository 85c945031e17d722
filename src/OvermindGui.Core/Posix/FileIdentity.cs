namespace OvermindGui.Core.Posix;

/// <summary>
/// Identifies a file by inode and birth time, to detect that another file replaced it under the same name. .NET's creation time is not
/// usable on Linux, where it changes with every write.
/// </summary>
public readonly record struct FileIdentity(ulong Inode, long Birth)
{
    /// <summary>The identity of the file that a path leads to; null when there is no such file.</summary>
    public static FileIdentity? Of(string path) => FileStatus.Of(path, followLinks: true)?.Identity;
}
