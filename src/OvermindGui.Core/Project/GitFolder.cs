namespace OvermindGui.Core.Project;

/// <summary>What Git's own files say about a folder: starting Git would be slower.</summary>
/// <param name="Path">The folder of the checkout's own Git files.</param>
/// <param name="IsLinkedWorktree">Made by <c>git worktree add</c>: a second checkout of a repository.</param>
public sealed record GitFolder(string Path, bool IsLinkedWorktree)
{
    private const string Link = "gitdir: ";
    private const string Branches = "ref: refs/heads/";

    /// <summary>The name of the branch; null with a detached HEAD.</summary>
    public string? Branch => FirstLine(System.IO.Path.Combine(Path, "HEAD")) is { } head && head.StartsWith(Branches, StringComparison.Ordinal) ? head[Branches.Length..] : null;

    /// <summary>Null outside of a repository, and when its files cannot be read.</summary>
    public static GitFolder? Of(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var git = System.IO.Path.Combine(at.FullName, ".git");
            if (Directory.Exists(git)) return new GitFolder(git, false);
            // In a linked worktree and in a submodule, it is a file that names the folder; only a worktree shares what another one has.
            if (FirstLine(git) is { } link && link.StartsWith(Link, StringComparison.Ordinal))
            {
                var named = System.IO.Path.GetFullPath(link[Link.Length..], at.FullName);
                return new GitFolder(named, File.Exists(System.IO.Path.Combine(named, "commondir")));
            }
        }

        return null;
    }

    private static string? FirstLine(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadLines(path).FirstOrDefault() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
