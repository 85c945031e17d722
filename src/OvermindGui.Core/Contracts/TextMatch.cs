using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// A text to be found in lines. Unless asked otherwise in any case, character by character as .NET's ordinal comparison does, so that a hit
/// is as long as the text.
/// </summary>
public sealed record TextMatch(string Text)
{
    private const string Function = "overmind_match";

    // To LIKE these two stand for anything.
    private static readonly string[] Wildcards = ["\\", "%", "_"];

    private ((string, bool, bool, bool) Key, (Regex? Regex, string? Problem) Result)? _compiled;

    /// <summary>Whether the text is a regular expression.</summary>
    public bool IsRegex { get; init; }

    public bool MatchCase { get; init; }

    /// <summary>Whether letters, digits and underscores may not stand beside a hit.</summary>
    public bool WholeWord { get; init; }

    /// <summary>Whether the lines are meant in which it is not.</summary>
    public bool Excludes { get; init; }

    /// <summary>Why the expression cannot be used; null when it can. Look-around and back references are refused: they can take too long.</summary>
    public string? Problem => IsRegex ? Compile().Problem : null;

    /// <summary>Whether a line is meant.</summary>
    public bool Matches(string line) => IsIn(line) != Excludes;

    /// <summary>Whether the text is in a line.</summary>
    public bool IsIn(string line) => IsRegex || WholeWord
        ? (Compile().Regex ?? throw new InvalidOperationException(Problem)).IsMatch(line)
        : line.Contains(Text, Comparison);

    public bool Equals(TextMatch? other) => other is not null && string.Equals(Text, other.Text, Comparison)
        && (IsRegex, MatchCase, WholeWord, Excludes) == (other.IsRegex, other.MatchCase, other.WholeWord, other.Excludes);

    public override int GetHashCode() => HashCode.Combine(Text.GetHashCode(StringComparison.OrdinalIgnoreCase), IsRegex, MatchCase, WholeWord, Excludes);

    /// <summary>A condition on the column <c>text</c>; what it compares with is <see cref="SqlParameter"/>.</summary>
    /// <remarks>
    /// LIKE folds the case of ASCII alone. For a text of nothing else that is what .NET does, where no other character is a case of
    /// an ASCII one, and it is two and a half times as fast as our own function, which gets each line handed over.
    /// </remarks>
    internal string Sql(string parameter)
    {
        // No line holds a NUL, and SQLite would take it for the end of the text.
        var condition = Text.Contains('\0') ? $"{parameter} IS NULL"
            : IsLike ? $"text LIKE {parameter} ESCAPE '\\'" : $"{Function}(text, {parameter})";
        return Excludes ? $"NOT ({condition})" : condition;
    }

    internal string SqlParameter => IsLike
        ? $"%{Wildcards.Aggregate(Text, (text, wildcard) => text.Replace(wildcard, "\\" + wildcard, StringComparison.Ordinal))}%"
        : Text;

    private StringComparison Comparison => MatchCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private bool IsLike => !IsRegex && !WholeWord && !MatchCase && Ascii.IsValid(Text);

    /// <summary>Makes the function known that the conditions of these texts call.</summary>
    internal static void Register(SqliteConnection connection, IReadOnlyList<TextMatch> texts) => connection.CreateFunction(
        Function, (string line, string text) => texts.First(t => t.Text == text && !t.IsLike).IsIn(line), isDeterministic: true);

    private (Regex? Regex, string? Problem) Compile()
    {
        var key = (Text, IsRegex, MatchCase, WholeWord);
        if (_compiled is { } compiled && compiled.Key == key) return compiled.Result;
        var result = Compile(IsRegex ? Text : Regex.Escape(Text));
        _compiled = (key, result);
        return result;
    }

    private (Regex? Regex, string? Problem) Compile(string expression)
    {
        if (WholeWord) expression = $@"\b(?:{expression})\b";
        var options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | (MatchCase ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            return (new Regex(expression, options), null);
        }
        catch (RegexParseException e)
        {
            return (null, e.Message);
        }
        catch (NotSupportedException)
        {
            return (null, "look-around, back references and very large repetitions are not supported here");
        }
    }
}
