using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;

namespace OvermindGui.Web.Components.Pages;

/// <summary>
/// What the page shows, as encoded in the address: up to four panes of the log and the panel beside them. So it survives a reload and a
/// restart of the dashboard, Back undoes it, and each browser has its own. The first pane has plain names (<c>?hide=web&amp;filter=x</c>),
/// another one its number behind them (<c>hide2=</c>).
/// </summary>
public sealed record PageState(IReadOnlyList<PaneState> Panes)
{
    /// <summary>More panes leave no room for text.</summary>
    public const int MostPanes = 4;

    private const string PanesName = "panes";
    private const string LinkedName = "linked";
    private const string LinkedByTime = "time";
    private const string PanelName = "panel";
    private const string ColumnsName = "columns";
    private const string TabName = "tab";

    /// <summary>One pane with everything.</summary>
    public static PageState Initial { get; } = new([PaneState.Initial]);

    /// <summary>Whether scrolling one pane moves the others to the same time.</summary>
    public bool IsLinked { get; init; }

    /// <summary>What is shown beside the log: the name of a process, or <c>kind:what</c>; null for nothing.</summary>
    public string? Panel { get; init; }

    /// <summary>How lines are shown, in place of what the browser remembers; null for that.</summary>
    public ViewOptions? Columns { get; init; }

    /// <summary>The tab of the panel that is in front; null for its first.</summary>
    public string? Tab { get; init; }

    /// <summary>Whether only what a pane looks for is different: single typed letters are not separate steps of Back.</summary>
    public bool DiffersOnlyInQueries(PageState other) =>
        Panel == other.Panel && Tab == other.Tab && Columns == other.Columns && IsLinked == other.IsLinked && Panes.Select(p => p.Selection).SequenceEqual(other.Panes.Select(p => p.Selection));

    /// <summary>The same with a process alone in the first pane, and its details.</summary>
    public PageState Showing(string process) =>
        With(0, Panes[0] with { Selection = Panes[0].Selection.Only(process) }) with { Panel = process, Tab = null };

    /// <summary>The same with one pane changed.</summary>
    public PageState With(int pane, PaneState state) => this with { Panes = [.. Panes.Select((old, i) => i == pane ? state : old)] };

    /// <summary>Reads the state from an address; what is not understood is left out.</summary>
    public static PageState Parse(string address)
    {
        var values = QueryHelpers.ParseQuery(new Uri(address).Query);
        var panes = int.TryParse(ValueOf(PanesName), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Clamp(count, 1, MostPanes) : 1;
        return new PageState([.. Enumerable.Range(0, panes).Select(pane => PaneState.Parse(name => ValueOf(name + Suffix(pane))))])
        {
            IsLinked = panes > 1 && ValueOf(LinkedName) == LinkedByTime,
            Panel = ValueOf(PanelName),
            Columns = ViewOptions.Parse(ValueOf(ColumnsName)),
            Tab = ValueOf(PanelName) is null ? null : ValueOf(TabName),
        };

        string? ValueOf(string name) => values.TryGetValue(name, out var found) && !string.IsNullOrEmpty(found[0]) ? found[0] : null;
    }

    /// <summary>What the address says; null for what it need not say. A link to a line is followed once.</summary>
    public IReadOnlyDictionary<string, object?> ToQuery()
    {
        var query = new Dictionary<string, object?>
        {
            [PanesName] = Panes.Count > 1 ? Panes.Count : null,
            [LinkedName] = IsLinked ? LinkedByTime : null,
            [PanelName] = Panel,
            [ColumnsName] = Columns?.ToText(),
            [TabName] = Panel is null ? null : Tab,
            [LineAddress.Name] = null,
            [MomentAddress.Name] = null,
        };
        for (var pane = 0; pane < MostPanes; pane++)
        {
            var isThere = pane < Panes.Count;
            foreach (var (name, value) in (isThere ? Panes[pane] : PaneState.Initial).ToQuery()) query[name + Suffix(pane)] = value;
        }

        return query;
    }

    /// <summary>The query of an address that shows the same in any browser, without the panel.</summary>
    /// <param name="columns">How lines are shown.</param>
    public string ToView(ViewOptions columns) => string.Join(
        '&',
        from value in (this with { Panel = null, Tab = null, Columns = columns }).ToQuery()
        where value.Value is not null
        select $"{value.Key}={Uri.EscapeDataString(Convert.ToString(value.Value, CultureInfo.InvariantCulture)!).Replace("%2C", ",", StringComparison.Ordinal)}");

    /// <summary>The lines that a view shows, in its first pane.</summary>
    /// <param name="view">The query of an address.</param>
    public static LineFilter LinesOf(string view)
    {
        var pane = Parse($"http://view/?{view}").Panes[0];
        return pane.Query.Lines(pane.Selection.Filter);
    }

    /// <inheritdoc/>
    public bool Equals(PageState? other) =>
        other is not null && IsLinked == other.IsLinked && Panel == other.Panel && Columns == other.Columns && Tab == other.Tab && Panes.SequenceEqual(other.Panes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Panes.Count, IsLinked, Panel, Tab);

    private static string Suffix(int pane) => pane == 0 ? "" : (pane + 1).ToString(CultureInfo.InvariantCulture);
}
