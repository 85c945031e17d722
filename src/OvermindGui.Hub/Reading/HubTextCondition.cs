using Npgsql;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Hub.Reading;

/// <summary>A text to search for as a condition of PostgreSQL.</summary>
internal static class HubTextCondition
{
    private const string NotBeside = "(?<![[:alnum:]_])";
    private const string NotBefore = "(?![[:alnum:]_])";

    /// <param name="column">The text of a line.</param>
    public static string Of(NpgsqlCommand command, TextMatch text, string column)
    {
        var condition = text switch
        {
            { IsRegex: false, WholeWord: false } => $"{column} {(text.MatchCase ? "LIKE" : "ILIKE")} {command.Add($"%{EscapedForLike(text.Text)}%")}",
            _ => $"{column} {(text.MatchCase ? "~" : "~*")} {command.Add(Expression(text))}",
        };
        return text.Excludes ? $"NOT ({condition})" : condition;
    }

    // A text that begins with a dash needs no edge before it, as in a project's own search.
    private static string Expression(TextMatch text)
    {
        var expression = Storable(text.IsRegex ? text.Text : Quoted(text.Text));
        if (!text.WholeWord) return expression;
        var (before, after) = text.IsRegex ? (true, true) : (IsOfWord(text.Text[0]), IsOfWord(text.Text[^1]));
        return $"{(before ? NotBeside : "")}(?:{expression}){(after ? NotBefore : "")}";
    }

    private static string Quoted(string text) => string.Concat(text.Select(c => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('_' or ' ') ? $"\\{c}" : c.ToString()));

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static string EscapedForLike(string text) => Storable(text).Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    // No stored line has it, and the server refuses it.
    private static string Storable(string text) => text.Replace('\0', '\uFFFD');
}
