using Microsoft.AspNetCore.Components;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Log;

/// <summary>Lays out the panes and knows which is which while some are added and closed. The page keeps what each shows.</summary>
public sealed partial class PaneGrid
{
    // A pane keeps its component, and with it its place, when another one before it is closed.
    private readonly List<object> _keys = [];

    /// <summary>The processes of the project.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ProcessInfo> Processes { get; set; }

    /// <summary>What each pane shows; at least one.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<PaneState> Panes { get; set; }

    [Parameter] public EventCallback<IReadOnlyList<PaneState>> PanesChanged { get; set; }

    /// <summary>The most panes there may be.</summary>
    [Parameter] public int Most { get; set; }

    /// <summary>The pane on which the process list acts.</summary>
    [Parameter] public int Active { get; set; }

    [Parameter] public EventCallback<int> ActiveChanged { get; set; }

    /// <summary>Whether scrolling one pane moves the others.</summary>
    [Parameter] public bool IsLinked { get; set; }

    [Parameter] public EventCallback<bool> LinkedChanged { get; set; }

    /// <summary>The line that the address leads to, in the first pane; null for none.</summary>
    [Parameter] public long? Line { get; set; }

    /// <summary>A message above the lines of the first pane; null for none.</summary>
    [Parameter] public string? Notice { get; set; }

    /// <summary>Text of a process's output is to count as a failure.</summary>
    [Parameter] public EventCallback<SelectedText> DeclareFailure { get; set; }

    /// <summary>A panel is to be shown beside the log.</summary>
    [Parameter] public EventCallback<string> ShowPanel { get; set; }

    protected override void OnParametersSet()
    {
        while (_keys.Count < Panes.Count) _keys.Add(new object());
        while (_keys.Count > Panes.Count) _keys.RemoveAt(_keys.Count - 1);
    }

    /// <summary>Adds a pane behind another one, with what it shows, to be narrowed from there.</summary>
    private async Task SplitAsync(int pane)
    {
        _keys.Insert(pane + 1, new object());
        await PanesChanged.InvokeAsync([.. Panes.Take(pane + 1), Panes[pane], .. Panes.Skip(pane + 1)]);
        await ActiveChanged.InvokeAsync(pane + 1);
    }

    private async Task CloseAsync(int pane)
    {
        _keys.RemoveAt(pane);
        await PanesChanged.InvokeAsync([.. Panes.Where((_, i) => i != pane)]);
        if (Active > 0 && Active >= pane) await ActiveChanged.InvokeAsync(Active - 1);
    }

    private IReadOnlyList<PaneState> Changed(int pane, PaneState state) => [.. Panes.Select((old, i) => i == pane ? state : old)];

    // Only where there is something to change: else each press in a log would go to the server.
    private Dictionary<string, object>? ActivatedBy(int pane)
    {
        if (pane == Active) return null;
        var activate = EventCallback.Factory.Create(this, () => ActiveChanged.InvokeAsync(pane));
        return new() { ["onpointerdown"] = activate, ["onfocusin"] = activate };
    }
}
