using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private ContextMenu _menu = null!;

    /// <summary>A person wants selected text to count as a failure.</summary>
    [Parameter] public EventCallback<SelectedText> DeclareFailure { get; set; }

    [Inject] private ISnackbar Snackbar { get; set; } = null!;

    /// <summary>Called by the script when a menu is asked for while text is selected.</summary>
    [JSInvokable]
    public void OnSelectionMenu(string process, long id, string text, double x, double y)
    {
        var selected = new SelectedText(process, id, text);
        MenuEntry[] entries =
        [
            new("Add as Failure Declaration", "declare", () => DeclareFailure.InvokeAsync(selected))
            {
                Icon = Icons.Material.Filled.ReportGmailerrorred,
                IsDisabled = process == Procfile.SystemProcess, // the daemon is not watched by itself
            },
            new("Copy", "copy", CopyAsync) { Icon = Icons.Material.Filled.ContentCopy },
        ];
        _menu.Open($"Selected text of {process}", entries, new MouseEventArgs { Type = "contextmenu", ClientX = x, ClientY = y });
    }

    private async Task CopyAsync()
    {
        try
        {
            await _scroller!.InvokeVoidAsync("copy", _disposed.Token);
            Snackbar.Add("Copied", Severity.Success, options => options.VisibleStateDuration = 1_500);
        }
        catch (JSException e)
        {
            Snackbar.Add($"The browser does not let us copy: {e.Message}", Severity.Error);
        }
    }
}
