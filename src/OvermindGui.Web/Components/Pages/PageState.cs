using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;

namespace OvermindGui.Web.Components.Pages;

/// <summary>
/// What is chosen to be seen, as it stands in the address: <c>?hide=web,api&amp;focus=db&amp;search=timeout</c> and what <see cref="LogQuery"/>
/// adds. So it survives a reload and a restart of the dashboard, and two browsers differ.
/// </summary>
public sealed record PageState(Selection Selection, LogQuery Query)
{
    public const string HideName = "hide";
    public const string FocusName = "focus";

    public static PageState Initial { get; } = new(Selection.All, LogQuery.None);

    public static PageState Parse(string? hide, string? focus, LogQuery query)
    {
        var hidden = (hide ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new PageState(Selection.Without(hidden) with { Focused = string.IsNullOrWhiteSpace(focus) ? null : focus.Trim() }, query);
    }

    /// <summary>What the address says; null for what it need not say. A link to a line is followed once.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery() => new Dictionary<string, object?>(Query.ToQuery())
    {
        [HideName] = TextOf(Selection.Hidden),
        [FocusName] = Selection.Focused,
        [LineAddress.Name] = null,
    };

    /// <summary>Names as they stand in the address; null for none.</summary>
    public static string? TextOf(IReadOnlySet<string> hidden) =>
        hidden.Count == 0 ? null : string.Join(',', hidden.Order(StringComparer.Ordinal));
}
