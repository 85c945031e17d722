using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Log;

/// <summary>What one pane of the log shows: of which processes, and what it looks for.</summary>
public sealed record PaneState(Selection Selection, LogQuery Query)
{
    private const string HideName = "hide";
    private const string FocusName = "focus";

    /// <summary>Everything.</summary>
    public static PaneState Initial { get; } = new(Selection.All, LogQuery.None);

    /// <summary>What the pane is called: <c>web, api</c>, <c>All but db</c>.</summary>
    public string Title => Selection switch
    {
        { IsNarrowed: true } => Listed(Selection.Selected),
        { Hidden.Count: > 0 } => $"All but {Listed(Selection.Hidden)}",
        _ => "All processes",
    };

    /// <summary>Reads what <see cref="ToQuery"/> wrote.</summary>
    public static PaneState Parse(Func<string, string?> valueOf) =>
        new(Selection.Without(NamesIn(valueOf(HideName))).Only(NamesIn(valueOf(FocusName))), LogQuery.Parse(valueOf));

    /// <summary>What the address says; null for what it need not say.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>(Query.ToQuery())
    {
        [HideName] = TextOf(Selection.Hidden),
        [FocusName] = TextOf(Selection.Selected),
    };

    /// <summary>Names as they stand in the address; null for none.</summary>
    public static string? TextOf(IReadOnlySet<string> names) =>
        names.Count == 0 ? null : string.Join(',', names.Order(StringComparer.Ordinal));

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.Ordinal));

    private static string[] NamesIn(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
