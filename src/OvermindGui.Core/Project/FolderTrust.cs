using System.Globalization;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Project;

/// <summary>
/// Whether this user alone decides what a folder's project runs. Its files hold commands: a user who can write them runs programs as the user who
/// starts the project. A folder that the user has named is used all the same; one that was only found must pass.
/// </summary>
public static class FolderTrust
{
    private const uint Root = 0;

    private static readonly string[] FilesWithCommands = [ProjectFolder.ProcfileName, ProjectFolder.DevelopmentProcfileName, ProjectSettingsFile.FileName];

    /// <summary>What is wrong with the folder or with a file of it that holds commands; null when there is nothing.</summary>
    public static string? FindProblem(string folder) =>
        ProblemOf(folder) ?? FilesWithCommands.Select(name => Path.Combine(folder, name)).Select(ProblemOf).FirstOrDefault(problem => problem is not null);

    /// <inheritdoc cref="FindProblem(string)"/>
    public static string? FindProblem(ProjectFolder folder) => FindProblem(folder.Root) ?? (folder.Data == folder.Root ? null : ProblemOf(folder.Data));

    // A link counts as what it leads to: it lies in a folder that has passed.
    private static string? ProblemOf(string path)
    {
        if (FileStatus.Of(path, followLinks: true) is not { } status) return null;
        if (status.Owner is { } owner && owner != Root && owner != NativeProcess.EffectiveUser())
            return string.Create(CultureInfo.InvariantCulture, $"{path} belongs to another user (uid {owner})");
        return status.Mode.HasFlag(UnixFileMode.OtherWrite) ? $"every user may write to {path}" : null;
    }
}
