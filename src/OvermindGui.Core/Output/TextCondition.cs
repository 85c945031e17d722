using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Output;

/// <summary>
/// Converts the texts of a filter to SQL conditions on the column <c>text</c>, for the ranges that <see cref="BlockScan"/> leaves. Prefers SQLite's own operators: LIKE, which ignores case
/// only for ASCII, is two and a half times as fast as a custom function that receives each line. For a regular expression, a required
/// literal is compared first, so that the expression runs only on the lines that contain it.
/// </summary>
internal sealed class TextCondition
{
    private const string Function = "overmind_match";
    private const string FoldedByExpressions = "iIkKsS";

    private readonly IReadOnlyList<TextMatch> _texts;
    private RegexMatchTimeoutException? _timeout;

    /// <summary>Registers the function that the conditions call on a connection.</summary>
    public TextCondition(SqliteConnection connection, IReadOnlyList<TextMatch> texts)
    {
        _texts = texts;
        if (texts.Any(text => !IsCompared(text)))
            connection.CreateFunction(Function, (string line, long text) => Matches((int)text, line), isDeterministic: true);
    }

    /// <summary>One condition per text. Adds their values to the parameters, named $1, $2, …</summary>
    public IEnumerable<string> Sql(List<object?> parameters) => _texts.Select((text, i) =>
    {
        if (!text.IsRegex && text.Text.Contains('\0')) // no line contains NUL, and SQLite would end the text at it
            return text.Excludes ? "1" : "0";
        if (IsCompared(text)) return (text.Excludes ? "NOT " : "") + Like(Escaped(text.Text), parameters);
        if (text.Excludes) return $"NOT {Function}(text, {i})";
        return Required(text) is { } required ? $"({Like(required, parameters)} AND {Function}(text, {i}))" : $"{Function}(text, {i})";
    });

    /// <summary>Call it after reading the rows: SQLite would report a timeout of an expression as a generic error.</summary>
    /// <exception cref="RegexMatchTimeoutException">An expression exceeded its time limit on a line.</exception>
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

    // For ASCII, LIKE equals .NET's ordinal comparison without case: no other character folds to an ASCII letter there.
    private static bool IsCompared(TextMatch text) => !text.IsRegex && !text.WholeWord && !text.MatchCase && Ascii.IsValid(text.Text);

    private static string? Required(TextMatch text)
    {
        var required = text.IsRegex ? RequiredLiteral.Find(text.Text) : text.Text;
        if (required is null || !Ascii.IsValid(required)) return null;
        if (text.MatchCase) return Escaped(required);
        // Case-insensitive regular expressions also match special characters, such as the Kelvin sign for k. LIKE's _ matches any single
        // character.
        required = required.Trim(FoldedByExpressions.ToCharArray());
        return required.Length == 0 ? null : string.Concat(required.Select(c => FoldedByExpressions.Contains(c, StringComparison.Ordinal) ? "_" : Escaped(c.ToString())));
    }

    // Special characters of LIKE.
    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
