using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// The query of a pane, as encoded in the address: a text to highlight (<c>search=</c>) or to filter by (<c>filter=</c>), how it is
/// compared (<c>match=regex,case,word,exclude</c>), and what is shown: levels (<c>levels=error,warn</c>), a range of time (<c>since=</c>,
/// <c>until=</c>, ISO 8601), one run (<c>run=12</c>).
/// </summary>
public sealed record LogQuery
{
    private const string FilterName = "filter";
    private const string SearchName = "search";
    private const string MatchName = "match";
    private const string LevelsName = "levels";
    private const string SinceName = "since";
    private const string UntilName = "until";
    private const string RunName = "run";

    /// <summary>Longer texts are cut: addresses have an end.</summary>
    public const int MaxTextLength = 500;

    /// <summary>All lines, and nothing marked.</summary>
    public static LogQuery None { get; } = new();

    public string Text { get; init; } = "";

    /// <summary>Whether only lines that match are shown; else they are marked among the others.</summary>
    public bool Filters { get; init; }

    public bool IsRegex { get; init; }

    public bool MatchCase { get; init; }

    public bool WholeWord { get; init; }

    /// <summary>Whether the lines that match are left out.</summary>
    public bool Excludes { get; init; }

    /// <summary>The levels that are shown; empty for all.</summary>
    public LevelSet Levels { get; init; }

    /// <summary>Only lines of this time or later, Unix milliseconds; null for all.</summary>
    public long? Since { get; init; }

    /// <summary>Only lines of this time or earlier, Unix milliseconds; null for all.</summary>
    public long? Until { get; init; }

    /// <summary>Only lines of this run of a process; null for all.</summary>
    public long? Run { get; init; }

    /// <summary>Whether a range or a run is chosen.</summary>
    public bool HasScope => (Since ?? Until ?? Run) is not null;

    /// <summary>Why the text cannot be looked for; null when it can.</summary>
    public string? Problem => Text.Length == 0 ? null : Match.Problem;

    /// <summary>What the lines are compared with.</summary>
    public TextMatch Match => new(Text) { IsRegex = IsRegex, MatchCase = MatchCase, WholeWord = WholeWord };

    /// <summary>What is marked in the lines, and walked through; null for nothing.</summary>
    public TextMatch? Marked => Text.Length == 0 || Problem is not null || (Filters && Excludes) ? null : Match;

    /// <summary>The lines that are shown of some processes.</summary>
    public LineFilter Lines(ProcessFilter processes)
    {
        var lines = new LineFilter(processes) { Levels = Levels, Since = Since, Until = Until, Run = Run };
        return !Filters || Text.Length == 0 || Problem is not null ? lines : lines.With(Match with { Excludes = Excludes });
    }

    /// <summary>Reads what <see cref="ToQuery"/> wrote; what is not understood is left out.</summary>
    public static LogQuery Parse(Func<string, string?> valueOf)
    {
        var words = (valueOf(MatchName) ?? "").Split(',', StringSplitOptions.TrimEntries);
        var filter = valueOf(FilterName);
        var filters = !string.IsNullOrEmpty(filter);
        return new LogQuery
        {
            Text = TextOf(filters ? filter : valueOf(SearchName)),
            Filters = filters,
            IsRegex = words.Contains("regex"),
            MatchCase = words.Contains("case"),
            WholeWord = words.Contains("word"),
            Excludes = words.Contains("exclude"),
            Levels = LevelSet.Parse(valueOf(LevelsName)),
            Since = MomentOf(valueOf(SinceName)),
            Until = MomentOf(valueOf(UntilName)),
            Run = long.TryParse(valueOf(RunName), NumberStyles.None, CultureInfo.InvariantCulture, out var run) && run > 0 ? run : null,
        };
    }

    /// <summary>What the address says; null for what it need not say.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>
    {
        [FilterName] = Filters && Text.Length > 0 ? Text : null,
        [SearchName] = Filters || Text.Length == 0 ? null : Text,
        [MatchName] = Words() is { Length: > 0 } words ? words : null,
        [LevelsName] = Levels.ToText(),
        [SinceName] = TextOf(Since),
        [UntilName] = TextOf(Until),
        [RunName] = Run,
    };

    /// <summary>Whether both have the same address: an empty text is not encoded, and neither are its switches.</summary>
    public bool HasAddressOf(LogQuery other) => this == other || (Text.Length == 0 && other.Text.Length == 0
        && Levels == other.Levels && (Since, Until, Run) == (other.Since, other.Until, other.Run));

    /// <summary>As it can be looked for: blanks count, line ends cannot be in a line.</summary>
    public static string TextOf(string? typed)
    {
        var text = (typed ?? "").ReplaceLineEndings("");
        return text.Length <= MaxTextLength ? text : text[..MaxTextLength];
    }

    private static string? TextOf(long? milliseconds) =>
        milliseconds is { } moment ? LineTime.Of(moment).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) : null;

    private static long? MomentOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUnixTimeMilliseconds() : null;

    private string Words()
    {
        if (Text.Length == 0) return "";
        List<string> words = [];
        if (IsRegex) words.Add("regex");
        if (MatchCase) words.Add("case");
        if (WholeWord) words.Add("word");
        if (Excludes) words.Add("exclude");
        return string.Join(',', words);
    }
}
