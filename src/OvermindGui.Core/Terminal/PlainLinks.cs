using System.Buffers;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Finds addresses in the text of a line: URLs, and listening addresses such as <c>localhost:5000</c>. They become links in the line's
/// style, like the links that a program marks itself (OSC 8).
/// </summary>
public static class PlainLinks
{
    private const int MostLinks = 20;

    // The characters that RFC 3986 allows in a URI, without the quotes and brackets that may surround one.
    private static readonly SearchValues<char> UriCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    private static readonly string[] Hosts = ["localhost", "127.0.0.1", "0.0.0.0", "[::]", "[::1]", "*"];
    private static readonly string[] Before = ["on ", "port ", "at "];

    /// <summary>Adds links to the line; returns the same instance if it contains no address.</summary>
    public static StyledLine Apply(in StyledLine line)
    {
        if (!line.Text.Contains(':')) return line;
        var links = Find(line.Text);
        return links.Count == 0 ? line : new StyledLine(line.Text, Link(line, links));
    }

    private static List<(int Start, int End, string Target)> Find(string text)
    {
        var links = new List<(int Start, int End, string Target)>();
        for (var at = text.IndexOf(':'); at >= 0 && links.Count < MostLinks; at = text.IndexOf(':', at + 1))
        {
            if (links.Count > 0 && at < links[^1].End) continue;
            if (At(text, at) is not { } link || Hyperlink.Accept(link.Target) is not { } target) continue;
            links.Add((link.Start, link.End, target));
        }

        return links;
    }

    private static (int Start, int End, string Target)? At(string text, int colon)
    {
        if (text.AsSpan(colon).StartsWith("://")) return Url(text, colon);
        return colon + 1 < text.Length && char.IsAsciiDigit(text[colon + 1]) ? Listening(text, colon) : null;
    }

    private static (int Start, int End, string Target)? Url(string text, int colon)
    {
        var before = text.AsSpan(0, colon);
        var scheme = before.EndsWith("https", StringComparison.OrdinalIgnoreCase) ? 5 : before.EndsWith("http", StringComparison.OrdinalIgnoreCase) ? 4 : 0;
        if (scheme == 0 || (colon > scheme && char.IsAsciiLetterOrDigit(text[colon - scheme - 1]))) return null;
        var end = End(text, colon + 3);
        return end <= colon + 3 ? null : (colon - scheme, end, text[(colon - scheme)..end]);
    }

    // "localhost:5000/docs", "listening on :5000"
    private static (int Start, int End, string Target)? Listening(string text, int colon)
    {
        var before = text.AsSpan(0, colon);
        var host = Array.Find(Hosts, name => text.AsSpan(0, colon).EndsWith(name, StringComparison.OrdinalIgnoreCase)) ?? "";
        var start = colon - host.Length;
        if (host.Length == 0 && !Array.Exists(Before, word => text.AsSpan(0, colon).EndsWith(word, StringComparison.OrdinalIgnoreCase))) return null;
        if (host.Length > 0 && start > 0 && (char.IsAsciiLetterOrDigit(before[start - 1]) || before[start - 1] is '.' or '-' or '/' or '@')) return null;
        var digits = colon + 1;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        if (digits - colon - 1 is < 2 or > 5 || int.Parse(text.AsSpan(colon + 1, digits - colon - 1), provider: null) > 65_535) return null;
        if (digits < text.Length && (char.IsAsciiLetter(text[digits]) || text[digits] is ':' or '.' && digits + 1 < text.Length && char.IsAsciiDigit(text[digits + 1]))) return null;
        var end = digits < text.Length && text[digits] == '/' ? End(text, digits) : digits;
        return (start, end, $"http://localhost{text[colon..end]}");
    }

    // Trailing punctuation belongs to the sentence; so does a closing bracket without an opening one inside the URL.
    private static int End(string text, int from)
    {
        var rest = text.AsSpan(from);
        var length = rest.IndexOfAnyExcept(UriCharacters);
        var end = length < 0 ? text.Length : from + length;
        while (end > from)
        {
            var last = text[end - 1];
            var inside = text.AsSpan(from, end - from);
            if (last is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '*' || (last == ')' && inside.Count(')') > inside.Count('('))
                || (last == ']' && inside.Count(']') > inside.Count('['))) end--;
            else break;
        }

        return end;
    }

    private static StyleRun[] Link(in StyledLine line, List<(int Start, int End, string Target)> links)
    {
        StyleRun[] runs = line.Runs.Length > 0 ? line.Runs : [new StyleRun(0, line.Text.Length, TextStyle.Default)];
        var linked = new List<StyleRun>(runs.Length + 2 * links.Count);
        foreach (var run in runs)
        {
            var at = run.Start;
            var end = run.Start + run.Length;
            foreach (var (start, linkEnd, target) in links)
            {
                var (from, to) = (Math.Max(start, at), Math.Min(linkEnd, end));
                if (from >= to || run.Style.Link is not null) continue;
                if (from > at) linked.Add(new StyleRun(at, from - at, run.Style));
                linked.Add(new StyleRun(from, to - from, run.Style with { Link = target }));
                at = to;
            }

            if (at < end) linked.Add(new StyleRun(at, end - at, run.Style));
        }

        return [.. linked];
    }
}
