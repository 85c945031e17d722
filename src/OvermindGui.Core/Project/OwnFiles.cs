using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project;

/// <summary>
/// The files that we make in a folder. One that came from elsewhere may hold links or pipes under their names: writing would destroy what a link
/// leads to, and a pipe would keep us waiting. So every command looks first, and refuses the folder.
/// </summary>
public static class OwnFiles
{
    /// <summary>The reason why nothing may be read or written here, for the person to read; null when there is none.</summary>
    public static string? FindProblem(ProjectFolder folder)
    {
        foreach (var (path, expected) in Files(folder))
            if (FileStatus.Of(path) is { } status && status.Kind != expected)
                return status.Kind == FileKind.Link
                    ? $"{path} is a link to {new FileInfo(path).LinkTarget}; it is not followed, because files of Overmind GUI stay in their folder. Remove the link"
                    : $"{path} is {Word(status.Kind)}, and no file of Overmind GUI. Remove it, or rename it";
        return null;
    }

    // A log that grew has successors: native-daemon_001.log.
    private static IEnumerable<(string Path, FileKind Kind)> Files(ProjectFolder folder) =>
        [
            (folder.Socket, FileKind.Socket),
            .. new[]
            {
                folder.Database, folder.Database + "-wal", folder.Database + "-shm", folder.Database + "-journal", folder.PidFile,
                folder.StorageFaultFile, folder.DaemonLog, folder.TokenFile,
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
