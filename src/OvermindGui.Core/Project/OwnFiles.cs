using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project;

/// <summary>
/// The files that the product creates in a folder. A folder from an untrusted source may contain links or pipes under these names: writing
/// would overwrite the link's target, and a pipe would block. So every command checks first and rejects such a folder.
/// </summary>
public static class OwnFiles
{
    /// <summary>Error message if nothing may be read or written here; null when there is none.</summary>
    public static string? FindProblem(ProjectFolder folder)
    {
        foreach (var (path, expected) in Files(folder))
            if (FileStatus.Of(path) is { } status && status.Kind != expected)
                return status.Kind == FileKind.Link
                    ? $"{path} is a link to {new FileInfo(path).LinkTarget}; it is not followed, because files of Overmind GUI stay in their folder. Remove the link"
                    : $"{path} is {Word(status.Kind)}, and no file of Overmind GUI. Remove it, or rename it";
        return null;
    }

    // A rotated log gets a suffix: native-daemon_001.log.
    private static IEnumerable<(string Path, FileKind Kind)> Files(ProjectFolder folder) =>
        [
            (folder.Socket, FileKind.Socket),
            .. new[]
            {
                folder.Database, folder.Database + "-wal", folder.Database + "-shm", folder.Database + "-journal", folder.PidFile,
                folder.StorageFaultFile, folder.DaemonLog, folder.TokenFile, folder.AgentPolicyFile,
            }.Concat(OlderLogs(folder)).Select(path => (path, FileKind.Regular)),
        ];

    private static IEnumerable<string> OlderLogs(ProjectFolder folder) => Directory.Exists(folder.Data)
        ? Directory.EnumerateFileSystemEntries(
            folder.Data, Path.GetFileNameWithoutExtension(folder.DaemonLog) + "_*" + Path.GetExtension(folder.DaemonLog))
        : [];

    private static string Word(FileKind kind) => kind switch
    {
        FileKind.Folder => "a folder",
        FileKind.Pipe => "a named pipe",
        FileKind.Socket => "a socket",
        FileKind.Device => "a device",
        _ => "a file",
    };
}
