
namespace OvermindGui.Core.Project;

/// <summary>
/// What the daemon writes is written in its folder. A folder that came from elsewhere may hold links under the names of our files, and
/// writing would then destroy what they lead to.
/// </summary>
public static class LinkCheck
{
    /// <summary>The reason why nothing may be written here, for the person to read; null when there is none.</summary>
    public static string? FindProblem(ProjectFolder folder)
    {
        foreach (var path in Files(folder))
            if (new FileInfo(path).LinkTarget is { } target)
                return $"{path} is a link to {target}; it is not followed, because files of Overmind GUI stay in their folder. Remove the link";
        return null;
    }

    /// <summary>True when there is a link under this name, wherever it leads.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    // A log that grew has successors: native-daemon_001.log.
    private static IEnumerable<string> Files(ProjectFolder folder) =>
        [
            folder.Database, folder.Database + "-wal", folder.Database + "-shm", folder.Database + "-journal", folder.PidFile, folder.DaemonLog,
            .. Directory.EnumerateFiles(
                folder.Data, Path.GetFileNameWithoutExtension(folder.DaemonLog) + "_*" + Path.GetExtension(folder.DaemonLog)),
        ];
}
