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

    // They mean the ends of the whole text, which are not those of its lines, or change what an anchor means.
    private static readonly Regex BoundToText = new(@"\\[AZz]|\(\?[a-z-]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    // Two readers of a search share it.
    private volatile Compilation? _compiled;

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
    public string? Problem => IsRegex ? Compiled.Problem : null;

    /// <summary>Whether a line may take up to one second, because the expression cannot run in linear time.</summary>
    public bool CanTakeLong => IsRegex && Compiled.Regex is { } regex && !regex.Options.HasFlag(RegexOptions.NonBacktracking);

    /// <summary>Whether the line is selected.</summary>
    public bool Matches(string line) => IsIn(line) != Excludes;

    /// <summary>Whether the line contains the text.</summary>
    public bool IsIn(string line) => IsIn(line.AsSpan());

    /// <summary>Whether the line contains the text.</summary>
    public bool IsIn(ReadOnlySpan<char> line) => IsRegex || WholeWord
        ? (Compiled.Regex ?? throw new InvalidOperationException(Problem)).IsMatch(line)
        : line.Contains(Text, Comparison);

    /// <summary>
    /// False when none of these lines contains the text: one look at many lines is several times as fast as a look at each. May be true
    /// although no single line contains it.
    /// </summary>
    /// <param name="lines">Lines with a newline between them.</param>
    public bool MayBeInAnyOf(ReadOnlySpan<char> lines)
    {
        if (!IsRegex) return IsIn(lines);
        return Compiled.ForLines is not { } regex || regex.IsMatch(lines);
    }

    public bool Equals(TextMatch? other) => other is not null && string.Equals(Text, other.Text, Comparison)
        && (IsRegex, MatchCase, WholeWord, Excludes, AllowsBacktracking)
            == (other.IsRegex, other.MatchCase, other.WholeWord, other.Excludes, other.AllowsBacktracking);

    public override int GetHashCode() => HashCode.Combine(Text.GetHashCode(StringComparison.OrdinalIgnoreCase), IsRegex, MatchCase, WholeWord, Excludes);

    private StringComparison Comparison => MatchCase ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    private Compilation Compiled
    {
        get
        {
            var key = (Text, IsRegex, MatchCase, WholeWord, AllowsBacktracking);
            if (_compiled is { } compiled && compiled.Key == key) return compiled;
            var (regex, problem) = Compile(IsRegex ? Text : Regex.Escape(Text));
            return _compiled = new Compilation(key, regex, problem);
        }
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

    private sealed class Compilation((string Text, bool, bool, bool, bool) key, Regex? regex, string? problem)
    {
        private readonly Lazy<Regex?> _forLines = new(() => regex is null || !regex.Options.HasFlag(RegexOptions.NonBacktracking) || BoundToText.IsMatch(key.Text)
            ? null
            : new Regex(regex.ToString(), regex.Options | RegexOptions.Multiline));

        public (string, bool, bool, bool, bool) Key => key;

        public Regex? Regex => regex;

        public string? Problem => problem;

        /// <summary>Finds every match within a line in the joined lines, too; null when there is no such expression.</summary>
        public Regex? ForLines => _forLines.Value;
    }
}
