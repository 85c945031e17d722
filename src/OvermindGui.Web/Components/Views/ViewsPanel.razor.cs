using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Data.Sqlite;
using MudBlazor;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Views;

/// <summary>Saves what the page shows under a name, and lists, shows, renames and deletes what was saved.</summary>
public sealed partial class ViewsPanel(SavedViews views, NavigationManager navigation, Clipboard clipboard, ISnackbar snackbar)
{
    private IReadOnlyList<ViewInfo>? _views;
    private string _name = "";
    private string? _problem;
    private string? _renamed; // the view whose name is being changed
    private string _newName = "";
    private ElementReference _newNameField;
    private bool _focuses;

    /// <summary>What the page shows, as it is saved.</summary>
    [Parameter, EditorRequired] public required string Query { get; set; }

    /// <summary>The panel is to be closed.</summary>
    [Parameter] public EventCallback Close { get; set; }

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focuses) return;
        _focuses = false;
        await _newNameField.FocusAsync();
    }

    private bool Has(string name) => _views?.Any(view => view.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) is true;

    private Task<bool> ReadAsync() => TryAsync(() => null);

    private async Task SaveAsync()
    {
        var name = _name.Trim();
        if (!await TryAsync(() => views.Save(name, Query))) return;
        _name = "";
        snackbar.Add($"Saved as “{name}”", Severity.Success, options => options.VisibleStateDuration = 2_500);
    }

    private void BeginRename(ViewInfo view)
    {
        (_renamed, _newName, _focuses) = (view.Name, view.Name, true);
    }

    private async Task RenameAsync(ViewInfo view)
    {
        if (await TryAsync(() => views.Rename(view.Name, _newName))) _renamed = null;
    }

    private void Leave(KeyboardEventArgs e)
    {
        if (e.Key == "Escape") _renamed = null;
    }

    private async Task DeleteAsync(ViewInfo view)
    {
        if (!await TryAsync(() => views.Remove(view.Name) ? null : $"There is no view {view.Name} any more")) return;
        snackbar.Add($"Deleted “{view.Name}”", Severity.Normal, options =>
        {
            options.Action = "Undo";
            options.ActionColor = Color.Info;
            options.OnClick = _ => InvokeAsync(async () =>
            {
                await TryAsync(() => views.Save(view.Name, view.Query));
                StateHasChanged();
            });
        });
    }

    private Task CopyAsync(ViewInfo view) => clipboard.CopyAsync($"{navigation.BaseUri}?{view.Query}", "Link copied");

    /// <summary>Changes something and reads the views again; false, with the problem shown, when that did not succeed.</summary>
    private async Task<bool> TryAsync(Func<string?> change)
    {
        try
        {
            (_problem, _views) = await Task.Run(() => (change(), views.Read()));
            if (_problem?.IndexOf("name: ", StringComparison.Ordinal) is >= 0 and var at) _problem = char.ToUpperInvariant(_problem[at + 6]) + _problem[(at + 7)..];
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _problem = $"The views cannot be read now: {e.Message}";
        }

        return _problem is null;
    }
}
