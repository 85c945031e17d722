using System.Collections.Specialized;
using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Hub.Reading;

namespace OvermindGui.Web.HubView;

/// <summary>Everything that the page over a hub shows; its address holds it.</summary>
public sealed record HubPageState
{
    private static readonly Dictionary<string, TimeSpan> Spans = new() { ["15m"] = TimeSpan.FromMinutes(15), ["1h"] = TimeSpan.FromHours(1), ["24h"] = TimeSpan.FromDays(1) };

    /// <summary>Nothing is chosen.</summary>
    public static HubPageState Empty { get; } = new();

    public HubChoice Choice { get; init; } = HubChoice.All;

    /// <summary>What is searched for; empty for nothing.</summary>
    public string Text { get; init; } = "";

    public bool IsRegex { get; init; }

    public bool MatchCase { get; init; }

    public bool WholeWord { get; init; }

    /// <summary>Whether the lines are shown that do not match.</summary>
    public bool Excludes { get; init; }

    public LevelSet Levels { get; init; }

    /// <summary>The last so much time: <c>15m</c>, <c>1h</c> or <c>24h</c>; empty for none.</summary>
    public string Span { get; init; } = "";

    /// <summary>Unix milliseconds.</summary>
    public long? Since { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Until { get; init; }

    /// <summary>Only lines of this run of the chosen process.</summary>
    public long? Run { get; init; }

    /// <summary>The place whose surroundings are shown; null for the newest lines.</summary>
    public HubPosition? At { get; init; }

    /// <summary>What is shown beside the lines; null for nothing.</summary>
    public HubPanel? Panel { get; init; }

    /// <summary>The lines that are meant.</summary>
    public HubLineFilter FilterAt(DateTimeOffset now) => Choice.Filter with
    {
        Texts = Text.Length == 0 ? [] : [new TextMatch(Text) { IsRegex = IsRegex, MatchCase = MatchCase, WholeWord = WholeWord, Excludes = Excludes }],
        Levels = Levels,
        Since = Spans.TryGetValue(Span, out var span) ? (now - span).ToUnixTimeMilliseconds() : Since,
        Until = Until,
        Run = Run,
    };

    /// <summary>Whether the same lines are shown.</summary>
    public bool ShowsAs(HubPageState other) => this with { Panel = other.Panel } == other;

    /// <summary>Reads what <see cref="ToQuery"/> writes; the names are those of the API.</summary>
    internal static HubPageState Parse(NameValueCollection query)
    {
        var (host, process) = (Given("host"), Given("process"));
        int? project = int.TryParse(query["project"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new HubPageState
        {
            Choice = host is null && project is null && process is null ? HubChoice.All : new HubChoice(host, project, process, string.Join(' ', new[] { host, process }.OfType<string>())),
            Text = query["q"] ?? "",
            IsRegex = query["regex"] == "1",
            MatchCase = query["case"] == "1",
            WholeWord = query["word"] == "1",
            Excludes = query["invert"] == "1",
            Levels = LevelSet.Parse(query["level"]),
            Span = Spans.ContainsKey(query["last"] ?? "") ? query["last"]! : "",
            Since = Moment("since"),
            Until = Moment("until"),
            Run = Moment("run"),
            At = HubPosition.Parse(query["at"] ?? ""),
            Panel = Enum.TryParse<HubPanel>(query["panel"], ignoreCase: true, out var panel) && Enum.IsDefined(panel) ? panel : null,
        };

        string? Given(string name) => query[name] is { Length: > 0 } text ? text : null;

        long? Moment(string name) => long.TryParse(query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The query of the page's address.</summary>
    internal string ToQuery() => Query(
    [
        .. Filters(), ("last", Span), ("since", Number(Since)), ("until", Number(Until)), ("at", At?.ToString()), ("panel", Panel?.ToString().ToLowerInvariant()),
    ]);

    /// <summary>The address of these lines as a file, relative to the page's.</summary>
    internal string ExportAddress(string format, DateTimeOffset now)
    {
        var filter = FilterAt(now);
        var isRegex = IsRegex && Text.Length > 0;
        return "api/output/export" + Query(
        [
            .. Filters().Where(f => f.Name is not ("q" or "regex" or "case" or "word" or "invert")), (isRegex ? "regex" : "q", Text), ("case", Flag(MatchCase)), ("word", Flag(WholeWord)),
            ("invert", Flag(Excludes)), ("since", Stamp(filter.Since)), ("until", Stamp(filter.Until)), ("format", format),
        ]);

        static string? Flag(bool value) => value ? "true" : null;

        static string? Stamp(long? moment) => moment is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("O", CultureInfo.InvariantCulture) : null;
    }

    private IEnumerable<(string Name, string? Value)> Filters() =>
    [
        ("host", Choice.Host), ("project", Number(Choice.Project)), ("process", Choice.Process), ("q", Text), ("regex", Flag(IsRegex)), ("case", Flag(MatchCase)), ("word", Flag(WholeWord)),
        ("invert", Flag(Excludes)), ("level", Levels.ToText()), ("run", Number(Run)),
    ];

    private static string Query(IEnumerable<(string Name, string? Value)> values)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in values)
            if (!string.IsNullOrEmpty(value)) query.Add(name, value);
        return query.ToString();
    }

    private static string? Flag(bool value) => value ? "1" : null;

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the page shows beside the lines.</summary>
public enum HubPanel
{
    /// <summary>How the chosen machine, project or process is.</summary>
    Details,

    /// <summary>Errors, equal ones as one.</summary>
    Errors,

    /// <summary>Lines that matched failure declarations.</summary>
    Failures,

    /// <summary>The runs of the chosen process.</summary>
    Runs,

    /// <summary>What processes use.</summary>
    Resources,
}
