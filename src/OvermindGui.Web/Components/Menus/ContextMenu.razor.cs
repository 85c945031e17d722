using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Menus;

/// <summary>The menu of a page: one, filled when it is opened. Its script places it, moves the focus in it and closes it.</summary>
public sealed partial class ContextMenu(IJSRuntime script) : IAsyncDisposable
{
    private ElementReference _menu;
    private IJSObjectReference? _module;
    private IJSObjectReference? _handle;
    private IReadOnlyList<MenuEntry?> _entries = [];
    private string _label = "";
    private (double X, double Y)? _place;
    private bool _opens;

    /// <param name="label">Names the menu for screen readers.</param>
    /// <param name="at">Where; null or the event of a key: below what has the focus.</param>
    public void Open(string label, IReadOnlyList<MenuEntry?> entries, MouseEventArgs? at)
    {
        (_label, _entries, _opens) = (label, entries, true);
        // A click by key has no place, or that of the button's middle.
        _place = at is null or { Type: "click", Detail: 0 } ? null : (at.ClientX, at.ClientY);
        StateHasChanged();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_opens) return;
        _opens = false;
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", "./_content/OvermindGui.Web/Components/Menus/ContextMenu.razor.js");
        _handle ??= await _module.InvokeAsync<IJSObjectReference>("attach", _menu);
        await _handle.InvokeVoidAsync("open", _place?.X, _place?.Y);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_handle is not null)
            {
                await _handle.InvokeVoidAsync("detach");
                await _handle.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its script with it.
        }
    }
}
