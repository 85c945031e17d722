namespace OvermindGui.Core.Watching;

/// <summary>The patterns that hold in a folder: those of the folders above it, then those of its own <c>.gitignore</c>. The last match wins.</summary>
internal sealed class IgnoreRules
{
    private const int LargestFile = 1 << 20;

    private readonly IgnoreRules? _above;
    private readonly string _folder;
    private readonly IReadOnlyList<PathPattern> _patterns;

    private IgnoreRules(IgnoreRules? above, string folder, IReadOnlyList<PathPattern> patterns) => (_above, _folder, _patterns) = (above, folder, patterns);

    public static IgnoreRules Of(string folder, IEnumerable<string> patterns) => new(null, folder, Parse(patterns));

    /// <summary>The rules of a folder's files: from the root of its repository on, or else from the project's.</summary>
    public static IgnoreRules Above(string folder, string project)
    {
        var chain = new Stack<string>();
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            chain.Push(at);
            if (!Path.Exists(Path.Combine(at, ".git"))) continue;
            var rules = new IgnoreRules(null, at, Read(Path.Combine(at, ".git", "info", "exclude")));
            return chain.Aggregate(rules, (above, next) => above.In(next));
        }

        var start = folder == project || folder.StartsWith(project + "/", StringComparison.Ordinal) ? project : folder;
        return chain.Where(f => f == start || f.StartsWith(start + "/", StringComparison.Ordinal)).Aggregate(Of(start, []), (above, next) => above.In(next));
    }

    /// <summary>The rules in a folder below this one.</summary>
    public IgnoreRules In(string folder) => Read(Path.Combine(folder, ".gitignore")) is { Count: > 0 } own ? new IgnoreRules(this, folder, own) : this;

    /// <summary>Whether an entry of a folder that is not ignored is ignored.</summary>
    /// <param name="path">Absolute.</param>
    public bool Ignores(string path, bool isFolder)
    {
        for (var rules = this; rules is not null; rules = rules._above)
        {
            if (!path.StartsWith(rules._folder, StringComparison.Ordinal)) continue;
            var relative = path[rules._folder.Length..].TrimStart('/');
            for (var i = rules._patterns.Count - 1; i >= 0; i--)
                if (rules._patterns[i].Matches(relative, isFolder)) return !rules._patterns[i].IsNegated;
        }

        return false;
    }

    private static List<PathPattern> Read(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: < LargestFile } ? Parse(File.ReadLines(path)) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<PathPattern> Parse(IEnumerable<string> lines) => [.. lines.Select(PathPattern.Parse).OfType<PathPattern>()];
}
