using System.Globalization;
using System.Text.RegularExpressions;

namespace OvermindGui.Core.Contracts;

/// <summary>
/// A text to search for in lines. Ignores case by default and compares like .NET's ordinal comparison, character by character, so a hit has
/// the length of the text.
/// </summary>
public sealed record TextMatch(string Text)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private ((string, bool, bool, bool, bool) Key, (Regex? Regex, string? Problem) Result)? _compiled;

    /// <summary>Whether the text is a regular expression.</summary>
    public bool IsRegex { get; init; }

    public bool MatchCase { get; init; }

    /// <summary>Match whole words only: the hit neither begins nor ends between two letters, digits or underscores.</summary>
    public bool WholeWord { get; init; }

    /// <summary>Whether to select the lines that do not contain the text.</summary>
    public bool Excludes { get; init; }

    /// <summary>
    /// Whether an expression may use look-around and back references, which can take exponential time. A line then takes at most one
    /// second; a slower line ends the search with a <see cref="RegexMatchTimeoutException"/>.
    /// </summary>
    public bool AllowsBacktracking { get; init; }

    /// <summary>Why the expression is invalid; null when it is valid.</summary>
    public string? Problem => IsRegex ? Compile().Problem : null;

    /// <summary>Whether a line may take up to one second, because the expression cannot run in linear time.</summary>
    public bool CanTakeLong => IsRegex && Compile().Regex is { } regex && !regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Whether the line is selected.</summary>
    public bool Matches(string line) => IsIn(line) != Excludes;

    /// <summary>Whether the line contains the text.</summary>
    public bool IsIn(string line) => IsIn(line.AsSpan());

    /// <summary>Whether the line contains the text.</summary>
    public bool IsIn(ReadOnlySpan<char> line) => IsRegex || WholeWord
        ? (Compile().Regex ?? throw new InvalidOperationException(Problem)).IsMatch(line)
        : line.Contains(Text, Comparison);

    public bool Equals(TextMatch? other) => other is not null && string.Equals(Text, other.Text, Comparison)
        && (IsRegex, MatchCase, WholeWord, Excludes, AllowsBacktracking)
            == (other.IsRegex, other.MatchCase, other.WholeWord, other.Excludes, other.AllowsBacktracking);

    public override int GetHashCode() => HashCode.Combine(Text.GetHashCode(StringComparison.OrdinalIgnoreCase), IsRegex, MatchCase, WholeWord, Excludes);

    private StringComparison Comparison => MatchCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private (Regex? Regex, string? Problem) Compile()
    {
        var key = (Text, IsRegex, MatchCase, WholeWord, AllowsBacktracking);
        if (_compiled is { } compiled && compiled.Key == key) return compiled.Result;
        var result = Compile(IsRegex ? Text : Regex.Escape(Text));
        _compiled = (key, result);
        return result;
    }

    // A text that begins with a dash needs no edge before it: none of its own characters is one of a word.
    private string EdgeBeside(Index at) => IsRegex || Text.Length == 0 || IsOfWord(Text[at]) ? @"\b" : "";

    private static bool IsOfWord(char c) => char.IsLetter(c) || char.GetUnicodeCategory(c)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark;

    private (Regex? Regex, string? Problem) Compile(string expression)
    {
        if (WholeWord) expression = $"{EdgeBeside(0)}(?:{expression}){EdgeBeside(^1)}";
        var options = RegexOptions.CultureInvariant | (MatchCase ? RegexOptions.None : RegexOptions.IgnoreCase);
        try
        {
            return (new Regex(expression, options | RegexOptions.NonBacktracking), null);
        }
        catch (RegexParseException e)
        {
            return (null, e.Message);
        }
        catch (NotSupportedException) when (AllowsBacktracking)
        {
            return (new Regex(expression, options, LongestMatch), null);
        }
        catch (NotSupportedException)
        {
            return (null, "look-around, back references and very large repetitions are not supported here");
        }
    }
}
