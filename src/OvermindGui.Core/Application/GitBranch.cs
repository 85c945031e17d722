namespace OvermindGui.Core.Application;

/// <summary>The branch that is checked out, read from Git's files: starting a program for it would cost more than the answer.</summary>
internal static class GitBranch
{
    private const string Link = "gitdir: ";
    private const string Branch = "ref: refs/heads/";

    /// <summary>Null outside of a repository, and where no branch is checked out.</summary>
    public static string? Of(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                var git = Path.Combine(at.FullName, ".git");
                // A linked worktree has a file there.
                if (File.Exists(git) && File.ReadLines(git).FirstOrDefault() is { } link && link.StartsWith(Link, StringComparison.Ordinal))
                    git = Path.GetFullPath(link[Link.Length..], at.FullName);
                var head = Path.Combine(git, "HEAD");
                if (File.Exists(head))
                    return File.ReadLines(head).FirstOrDefault() is { } line && line.StartsWith(Branch, StringComparison.Ordinal) ? line[Branch.Length..] : null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // a repository that we may not read
        }

        return null;
    }
}
