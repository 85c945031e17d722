using System.Text.RegularExpressions;
using OvermindGui.Core.Failures;

namespace OvermindGui.Web.Components.Failures;

/// <summary>A line with the part that a declaration matches, short enough to be shown whole around it.</summary>
public sealed record MatchedText(string Before, string Match, string After)
{
    private const int Around = 16;
    private const int Most = 160;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(250);

    /// <summary>Finds the match again. The whole line counts as before it when there is none.</summary>
    public static MatchedText Of(string line, FailureDeclaration declaration)
    {
        var (at, length) = Find(line, declaration);
        if (length == 0) return new(Cut(line, Most), "", "");
        var from = Math.Max(0, at - Around);
        return new(
            (from > 0 ? "…" : "") + line[from..at],
            line.Substring(at, length),
            Cut(line[(at + length)..], Most));
    }

    private static (int At, int Length) Find(string line, FailureDeclaration declaration)
    {
        if (!declaration.IsRegex)
            return line.IndexOf(declaration.Pattern, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? (at, declaration.Pattern.Length) : (0, 0);
        try
        {
            var match = Regex.Match(line, declaration.Pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Longest);
            return match.Success ? (match.Index, match.Length) : (0, 0);
        }
        catch (Exception e) when (e is RegexMatchTimeoutException or RegexParseException)
        {
            return (0, 0);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";
}
