using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Processes;

public sealed partial class SelectableRow
{
    // What the first click of two changed: the second takes it back.
    private Selection? _before;

    [Parameter, EditorRequired] public required RowScope Scope { get; set; }

    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required string Color { get; set; }

    [Parameter] public string? Tooltip { get; set; }

    /// <summary>Buttons before that of the menu.</summary>
    [Parameter] public RenderFragment? Actions { get; set; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>What the menu has before what every row's has.</summary>
    [Parameter] public Func<IEnumerable<MenuEntry?>>? Entries { get; set; }

    private bool Shown => Scope.Selection.Shows(Name);

    private bool Focused => Scope.Selection.Focused == Name;

    private Task ClickAsync(MouseEventArgs e)
    {
        if (e.Detail > 2) return Task.CompletedTask;
        if (e.Detail == 2 && _before is not null) return Scope.SelectAsync(_before.ToggleFocus(Name));
        _before = Scope.Selection;
        return Scope.SelectAsync(Scope.Selection.Toggle(Name, Scope.Names));
    }

    private void OpenMenu(MouseEventArgs e)
    {
        IEnumerable<MenuEntry?> own = Entries is null ? [] : [.. Entries(), null];
        Scope.OpenMenu(Name, [.. own, FocusEntry(), ShowEntry(), null, .. Scope.Entries(Name)], e);
    }

    private MenuEntry FocusEntry() =>
        new(Focused ? "End focus" : "Focus", "focus", () => Scope.SelectAsync(Scope.Selection.ToggleFocus(Name)))
        {
            Icon = Icons.Material.Filled.CenterFocusStrong,
        };

    private MenuEntry ShowEntry() => new(Shown ? "Hide" : "Show", "show", () => Scope.SelectAsync(Scope.Selection.Shown(Name, !Shown, Scope.Names)))
    {
        Icon = Shown ? Icons.Material.Filled.VisibilityOff : Icons.Material.Filled.Visibility,
    };
}
