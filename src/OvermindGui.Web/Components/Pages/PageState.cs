using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Pages;

/// <summary>
/// What the page shows, as encoded in the address: <c>?hide=web,api&amp;focus=db&amp;panel=db</c> and the <see cref="LogQuery"/>. So it
/// survives a reload and a restart of the dashboard, Back undoes it, and each browser has its own.
/// </summary>
public sealed record PageState(Selection Selection, LogQuery Query)
{
    public const string HideName = "hide";
    public const string FocusName = "focus";
    public const string PanelName = "panel";

    public static PageState Initial { get; } = new(Selection.All, LogQuery.None);

    /// <summary>The process whose details are shown beside the log; null for none.</summary>
    public string? Panel { get; init; }

    public static PageState Parse(string? hide, string? focus, LogQuery query, string? panel = null) =>
        new(Selection.Without(NamesIn(hide)).Only(NamesIn(focus)), query) { Panel = string.IsNullOrWhiteSpace(panel) ? null : panel.Trim() };

    /// <summary>What the address says; null for what it need not say. A link to a line is followed once.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>(Query.ToQuery())
    {
        [HideName] = TextOf(Selection.Hidden),
        [FocusName] = TextOf(Selection.Selected),
        [PanelName] = Panel,
        [LineAddress.Name] = null,
    };

    /// <summary>Names as they stand in the address; null for none.</summary>
    public static string? TextOf(IReadOnlySet<string> names) =>
        names.Count == 0 ? null : string.Join(',', names.Order(StringComparer.Ordinal));

    private static string[] NamesIn(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
