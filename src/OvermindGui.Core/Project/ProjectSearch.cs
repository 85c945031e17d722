using OvermindGui.Core.Posix;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Project;

/// <summary>
/// Finds the project that a folder belongs to: the folder itself or the nearest one above it, up to the home folder, the root or a mount boundary.
/// </summary>
/// <param name="Folder">Null when there is none.</param>
/// <param name="Skipped">Folders with a project that were passed over, each with the reason.</param>
public sealed record ProjectSearch(string? Folder, IReadOnlyList<string> Skipped)
{
    // What a project has. The environment files are missing: many folders have one, the home folder too.
    private static readonly string[] Signs =
    [
        ProjectFolder.ProcfileName, ProjectFolder.DevelopmentProcfileName, ProjectFolder.DatabaseFileName, ProjectSettingsFile.FileName, ForemanFile.FileName,
    ];

    /// <param name="start">Absolute path. It needs no check of its owner: the user has gone there.</param>
    /// <param name="home">The user's home folder.</param>
    public static ProjectSearch Upwards(string start, string home)
    {
        if (HasSign(start)) return new ProjectSearch(start, []);
        var skipped = new List<string>();
        for (var (at, above) = (start, Above(start, home)); above is not null; (at, above) = (above, Above(above, home)))
        {
            if (!IsOnSameMount(at, above)) break;
            if (!HasSign(above)) continue;
            if (FolderTrust.FindProblem(above) is not { } problem) return new ProjectSearch(above, skipped);
            skipped.Add(problem);
        }

        return new ProjectSearch(null, skipped);
    }

    private static string? Above(string folder, string home) =>
        folder == Path.TrimEndingDirectorySeparator(home) ? null : Path.GetDirectoryName(folder);

    private static bool IsOnSameMount(string folder, string above) =>
        FileStatus.Of(folder, followLinks: true) is { } own && FileStatus.Of(above, followLinks: true) is { } other
        && own.Device == other.Device && own.Mount == other.Mount;

    private static bool HasSign(string folder) => Signs.Any(sign => File.Exists(Path.Combine(folder, sign)));
}
