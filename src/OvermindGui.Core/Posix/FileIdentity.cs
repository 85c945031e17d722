namespace OvermindGui.Core.Posix;

/// <summary>
/// Tells one file from another that took its name: inode and time of birth. .NET's creation time will not do on Linux, where it
/// moves with every write.
/// </summary>
public readonly record struct FileIdentity(ulong Inode, long Birth)
{
    /// <summary>Of what a path leads to; null when there is no such file.</summary>
    public static FileIdentity? Of(string path) => FileStatus.Of(path, followLinks: true)?.Identity;
}
