namespace OvermindGui.Core.Application;

/// <summary>Reads the current branch from Git's files, because starting Git would be slower.</summary>
internal static class GitBranch
{
    private const string Link = "gitdir: ";
    private const string Branch = "ref: refs/heads/";

    /// <summary>Null outside of a repository, and with a detached HEAD.</summary>
    public static string? Of(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                // In a linked worktree, .git is a file.
                if (File.Exists(git) && File.ReadLines(git).FirstOrDefault() is { } link && link.StartsWith(Link, StringComparison.Ordinal))
                    git = Path.GetFullPath(link[Link.Length..], at.FullName);
                var head = Path.Combine(git, "HEAD");
                if (File.Exists(head))
                    return File.ReadLines(head).FirstOrDefault() is { } line && line.StartsWith(Branch, StringComparison.Ordinal) ? line[Branch.Length..] : null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // unreadable repository
        }

        return null;
    }
}
