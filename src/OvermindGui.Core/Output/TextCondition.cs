using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Output;

/// <summary>
/// The texts of a filter as conditions on the column <c>text</c>. What SQLite can compare itself, it compares: LIKE folds the case of ASCII
/// alone, and is two and a half times as fast as a function of ours, which gets each line handed over. Of a regular expression, a text
/// that it requires is compared first, so that the expression runs on the few lines that have it.
/// </summary>
internal sealed class TextCondition
{
    private const string Function = "overmind_match";

    private readonly IReadOnlyList<TextMatch> _texts;
    private RegexMatchTimeoutException? _timeout;

    /// <summary>Makes the function known on a connection that the conditions may call.</summary>
    public TextCondition(SqliteConnection connection, IReadOnlyList<TextMatch> texts)
    {
        _texts = texts;
        if (texts.Any(text => !IsCompared(text)))
            connection.CreateFunction(Function, (string line, long text) => Matches((int)text, line), isDeterministic: true);
    }

    /// <summary>One condition for each text; what they compare with is added to the parameters, which are named $1, $2, …</summary>
    public IEnumerable<string> Sql(List<object?> parameters) => _texts.Select((text, i) =>
    {
        if (!text.IsRegex && text.Text.Contains('\0')) // no line holds one, and SQLite would take it for the end of the text
            return text.Excludes ? "1" : "0";
        if (IsCompared(text)) return (text.Excludes ? "NOT " : "") + Like(Escaped(text.Text), parameters);
        if (text.Excludes) return $"NOT {Function}(text, {i})";
        return Required(text) is { } required ? $"({Like(required, parameters)} AND {Function}(text, {i}))" : $"{Function}(text, {i})";
    });

    /// <summary>Call it after the rows were read: SQLite would report a line that took too long as an error of its own.</summary>
    /// <exception cref="RegexMatchTimeoutException">An expression took longer on a line than it may.</exception>
    public void ThrowIfTimedOut()
    {
        if (_timeout is not null) throw _timeout;
    }

    private bool Matches(int text, string line)
    {
        if (_timeout is not null) return false;
        try
        {
            return _texts[text].IsIn(line);
        }
        catch (RegexMatchTimeoutException e)
        {
            _timeout = e;
            return false;
        }
    }

    private static string Like(string pattern, List<object?> parameters)
    {
        parameters.Add($"%{pattern}%");
        return $"text LIKE ${parameters.Count} ESCAPE '\\'";
    }

    // For ASCII in any case, LIKE is what .NET's ordinal comparison does: no other character is a case of an ASCII one there.
    private static bool IsCompared(TextMatch text) => !text.IsRegex && !text.WholeWord && !text.MatchCase && Ascii.IsValid(text.Text);

    private static string? Required(TextMatch text)
    {
        var required = text.IsRegex ? RequiredLiteral.Find(text.Text) : text.Text;
        if (required is null || !Ascii.IsValid(required)) return null;
        var pattern = Escaped(required);
        // A regular expression that ignores case takes the sign of Kelvin for a k, and such: one character, whichever, is what LIKE's _ means.
        if (!text.MatchCase) pattern = string.Concat(pattern.Select(c => "iIkKsS".Contains(c, StringComparison.Ordinal) ? '_' : c)).Trim('_');
        return pattern.Length > 0 ? pattern : null;
    }

    // To LIKE these stand for something else.
    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
