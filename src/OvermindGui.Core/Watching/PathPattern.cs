using System.Text;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Watching;

/// <summary>A pattern as in <c>.gitignore</c> (gitignore(5)), relative to the folder of its file.</summary>
internal sealed class PathPattern
{
    // The time of such an expression grows with the path alone, so no limit is needed; one would strike on a loaded machine.
    private static readonly TimeSpan Limit = Regex.InfiniteMatchTimeout;

    private readonly Regex _regex;
    private readonly bool _onlyFolders;

    private PathPattern(Regex regex, bool onlyFolders, bool isNegated) => (_regex, _onlyFolders, IsNegated) = (regex, onlyFolders, isNegated);

    /// <summary>What it matches is not ignored after all.</summary>
    public bool IsNegated { get; }

    /// <summary>Null for an empty line, a comment, and a pattern that can match nothing.</summary>
    public static PathPattern? Parse(string line)
    {
        var text = TrimEnd(line);
        if (text.Length == 0 || text[0] == '#') return null;
        var isNegated = text[0] == '!';
        if (isNegated) text = text[1..];
        var onlyFolders = text.EndsWith('/');
        if (onlyFolders) text = text[..^1];
        var isAnchored = text.Contains('/', StringComparison.Ordinal);
        text = text.TrimStart('/');
        if (text.Length == 0) return null;
        try
        {
            if (Translate(text) is not { } body) return null;
            var regex = new Regex(
                $"{(isAnchored ? "^" : "^(?:.*/)?")}{body}\\z", RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.NonBacktracking, Limit);
            return new PathPattern(regex, onlyFolders, isNegated);
        }
        catch (ArgumentException)
        {
            return null; // such as "[z-a]", which git matches with nothing
        }
    }

    /// <param name="path">Relative to the folder of the pattern, with slashes.</param>
    public bool Matches(string path, bool isFolder) => (isFolder || !_onlyFolders) && _regex.IsMatch(path);

    // Blanks at the end count only behind a backslash.
    private static string TrimEnd(string line)
    {
        var end = line.TrimEnd('\r', '\n');
        while (end.EndsWith(' ') && !end.EndsWith("\\ ", StringComparison.Ordinal)) end = end[..^1];
        return end;
    }

    // Null for a bracket without end: git matches such a pattern with nothing.
    private static string? Translate(string text)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text.AsSpan(i);
            var atStart = i == 0 || text[i - 1] == '/';
            if (atStart && rest.StartsWith("**/"))
            {
                regex.Append("(?:.*/)?");
                i += 2;
            }
            else if (atStart && rest is "**")
            {
                regex.Append(".+");
                i++;
            }
            else if (rest[0] == '*')
            {
                while (i + 1 < text.Length && text[i + 1] == '*') i++;
                regex.Append("[^/]*");
            }
            else if (rest[0] == '?') regex.Append("[^/]");
            else if (rest[0] == '[')
            {
                if (Class(rest) is not { Length: > 0 } found) return null;
                regex.Append(found.Regex);
                i += found.Length - 1;
            }
            else if (rest[0] == '\\' && rest.Length > 1) regex.Append(Regex.Escape(text[++i].ToString()));
            else regex.Append(Regex.Escape(rest[0].ToString()));
        }

        return regex.ToString();
    }

    private static (string Regex, int Length) Class(ReadOnlySpan<char> text)
    {
        var start = text.Length > 1 && text[1] is '!' or '^' ? 2 : 1;
        var end = start < text.Length && text[start] == ']' ? start + 1 : start; // a bracket that comes first stands for itself
        while (end < text.Length && text[end] != ']') end += text[end] == '\\' ? 2 : 1;
        if (end >= text.Length) return ("", 0);
        var content = text[start..end].ToString().Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal);
        return (start == 2 ? $"[^/{content}]" : $"[{content}]", end + 1);
    }
}
