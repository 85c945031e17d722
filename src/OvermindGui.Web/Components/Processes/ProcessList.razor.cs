using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Web.Components.Environments;
using OvermindGui.Web.Components.Failures;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Processes;

/// <summary>All processes in the order of the Procfile, and the daemon behind them.</summary>
public sealed partial class ProcessList
{
    private ContextMenu _menu = null!;

    [Parameter] public SystemSnapshot? Snapshot { get; set; }

    [Parameter, EditorRequired] public required Selection Selection { get; set; }

    [Parameter] public EventCallback<Selection> SelectionChanged { get; set; }

    [Inject] private ClearWithUndo Clear { get; set; } = null!;

    [Inject] private DeclarationEditor Desk { get; set; } = null!;

    [Inject] private FailureDialogs Dialogs { get; set; } = null!;

    [Inject] private IDialogService DialogService { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private IEnumerable<string> Names => (Snapshot?.Processes ?? []).Select(p => p.Name).Append(Procfile.SystemProcess);

    private void OpenMenu(string name, IReadOnlyList<MenuEntry?> entries, MouseEventArgs at) => _menu.Open(name, entries, at);

    private IEnumerable<MenuEntry?> Entries(string name)
    {
        yield return new("Clear Output", "clear", () => Clear.ClearAsync(name)) { Icon = Icons.Material.Filled.ClearAll };
        if (name == Procfile.SystemProcess) yield break; // the daemon is not watched by itself
        string[] processes = [.. (Snapshot?.Processes ?? []).Select(p => p.Name)];
        yield return new("Failure Declarations…", "failures", () => Dialogs.ShowAsync(name, processes))
        {
            Icon = Icons.Material.Filled.ReportGmailerrorred,
        };
        yield return new("Scale…", "scale", () => DialogService.ShowAsync<ScaleDialog>("Scale", new DialogOptions { CloseOnEscapeKey = true }))
        {
            Icon = Icons.Material.Outlined.DynamicFeed,
            IsDisabled = Snapshot is not { DaemonAlive: true },
        };
        yield return new("Environment…", "environment", () => ExplainAsync(name)) { Icon = Icons.Material.Outlined.Article };
        var declarations = Desk.Read().For(name);
        if (declarations.Count > 0) yield return null;
        for (var i = 0; i < declarations.Count; i++)
        {
            var declaration = declarations[i];
            yield return new($"Remove: {declaration.Pattern}", $"remove-{i}", () => Desk.RemoveAsync(name, declaration))
            {
                Icon = Icons.Material.Filled.DeleteOutline,
            };
        }
    }

    private Task ExplainAsync(string name)
    {
        Navigation.NavigateTo(EnvironmentAddress.Of(Navigation.Uri, name));
        return Task.CompletedTask;
    }
}
