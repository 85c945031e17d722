namespace OvermindGui.Core.Watching;

/// <summary>Which files of a project count: those at the given paths that neither a list nor <c>.gitignore</c> excludes.</summary>
public sealed class WatchedFiles
{
    // Version control, dependencies, what editors write beside a file that they save, and our own files.
    private static readonly string[] NeverWatched =
    [
        ".git/", ".hg/", ".svn/", ".jj/", "node_modules/", "__pycache__/", "*~", ".*.sw?", ".*.swpx", "4913", ".#*", "\\#*\\#", "___jb_*", ".DS_Store",
        "overmind.db*", "overmind-daemon.*", "native-daemon*.log", "overmind-gui.token", "overmind-gui.yaml", "failure_declarations.json",
    ];

    private readonly string _root;
    private readonly IgnoreRules _own;
    private readonly List<Target> _targets;

    /// <param name="Folder">Where to look, absolute.</param>
    /// <param name="File">One file alone; null for many.</param>
    /// <param name="Pattern">Of files below the folder; null for all.</param>
    private sealed record Target(string Folder, string? File, PathPattern? Pattern);

    /// <param name="root">The project's folder, to which all paths are relative.</param>
    /// <param name="paths">Files, folders and patterns; none for the whole project.</param>
    /// <param name="ignore">More patterns as in <c>.gitignore</c>, which come last.</param>
    public WatchedFiles(string root, IReadOnlyList<string> paths, IReadOnlyList<string> ignore)
    {
        _root = Path.TrimEndingDirectorySeparator(root);
        _own = IgnoreRules.Of(_root, [.. NeverWatched, .. ignore]);
        _targets = [.. (paths.Count == 0 ? ["."] : paths).Select(TargetOf)];
    }

    /// <summary>Whether a path is a pattern, as opposed to a file or folder.</summary>
    public static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>The folders to begin with, each without those below another.</summary>
    internal IReadOnlyList<(string Folder, IgnoreRules Rules, bool IsDeep)> Roots =>
    [
        .. _targets.GroupBy(t => t.Folder).Select(g => (Folder: g.Key, IsDeep: g.Any(t => t.File is null)))
            .Where(r => Directory.Exists(r.Folder) && !_targets.Any(o => o.File is null && r.Folder.StartsWith(o.Folder + "/", StringComparison.Ordinal)))
            .Select(r => (r.Folder, RulesOf(r.Folder), r.IsDeep)),
    ];

    /// <summary>The rules of <c>.gitignore</c> files for a folder, as they are now.</summary>
    internal IgnoreRules RulesOf(string folder) => IgnoreRules.Above(folder, _root);

    /// <summary>Whether anything in this folder may count.</summary>
    internal bool Enters(string folder, IgnoreRules rules) => !_own.Ignores(folder, isFolder: true) && !rules.Ignores(folder, isFolder: true);

    /// <summary>Whether a file counts.</summary>
    internal bool Has(string file, IgnoreRules rules) =>
        _targets.Exists(t => Covers(t, file)) && !_own.Ignores(file, isFolder: false) && !rules.Ignores(file, isFolder: false);

    /// <summary>As it is shown.</summary>
    internal string NameOf(string path) => Path.GetRelativePath(_root, path);

    private static bool Covers(Target target, string file)
    {
        if (target.File is { } one) return file == one;
        if (!file.StartsWith(target.Folder + "/", StringComparison.Ordinal)) return false;
        return target.Pattern?.Matches(file[(target.Folder.Length + 1)..], isFolder: false) ?? true;
    }

    private Target TargetOf(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, _root));
        if (!IsPattern(path)) return Directory.Exists(full) ? new Target(full, null, null) : new Target(Path.GetDirectoryName(full)!, full, null);
        // The part in front of the first folder with a wildcard says where to look.
        var parts = path.Split('/');
        var fixedParts = parts.TakeWhile(p => !IsPattern(p)).Count();
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(string.Join('/', parts.Take(fixedParts).Append(".")), _root));
        return new Target(folder, null, PathPattern.Parse((fixedParts > 0 ? "/" : "") + string.Join('/', parts.Skip(fixedParts))));
    }
}
