using System.IO.Enumeration;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// Process names and patterns as commands accept them: <c>web</c>, <c>worker*</c>, <c>web#2</c>. An entry's name selects all its instances.
/// </summary>
public sealed class NamePattern(string text)
{
    // Process names never contain these characters, and the glob matcher would interpret them.
    private readonly bool _matchesNone = text.AsSpan().ContainsAny('?', '\\');

    /// <param name="process">Its name, such as <c>web</c> or <c>web#2</c>.</param>
    public bool Matches(string process) => !_matchesNone
        && (FileSystemName.MatchesSimpleExpression(text, process, ignoreCase: false)
            || (process.IndexOf('#', StringComparison.Ordinal) is > 0 and var mark
                && FileSystemName.MatchesSimpleExpression(text, process.AsSpan(0, mark), ignoreCase: false)));

    /// <summary>The processes that at least one pattern selects, in their own order, and the patterns that select none.</summary>
    /// <param name="patterns">No patterns select all processes.</param>
    /// <param name="processes">Names of processes.</param>
    public static (IReadOnlyList<string> Matching, IReadOnlyList<string> Unknown) Select(
        IReadOnlyCollection<string> patterns, IReadOnlyCollection<string> processes)
    {
        if (patterns.Count == 0) return ([.. processes], []);
        var all = patterns.Select(p => (Text: p, Pattern: new NamePattern(p))).ToList();
        return (
            [.. processes.Where(name => all.Exists(p => p.Pattern.Matches(name)))],
            [.. all.Where(p => !processes.Any(p.Pattern.Matches)).Select(p => p.Text)]);
    }
}
