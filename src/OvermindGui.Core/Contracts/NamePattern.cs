using System.IO.Enumeration;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// Names as commands take them: <c>web</c>, <c>worker*</c>, <c>web#2</c>. An entry's name means all its instances.
/// </summary>
public sealed class NamePattern(string text)
{
    // No name holds them, and the matcher gives them a meaning of its own.
    private readonly bool _matchesNone = text.AsSpan().ContainsAny('?', '\\');

    /// <param name="process">Its name, such as <c>web</c> or <c>web#2</c>.</param>
    public bool Matches(string process) => !_matchesNone
        && (FileSystemName.MatchesSimpleExpression(text, process, ignoreCase: false)
            || (process.IndexOf('#', StringComparison.Ordinal) is > 0 and var mark
                && FileSystemName.MatchesSimpleExpression(text, process.AsSpan(0, mark), ignoreCase: false)));

    /// <summary>The processes that any of the patterns means, in their own order, and the patterns that mean none.</summary>
    /// <param name="patterns">None stand for all processes.</param>
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
