using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Menus;

/// <summary>The menu of a page: one, filled when it is opened. Its script places it, moves the focus in it and closes it.</summary>
public sealed partial class ContextMenu(IJSRuntime script) : IAsyncDisposable
{
    private readonly ElementScript _script = new(script, "Components/Menus/ContextMenu.razor.js");
    private ElementReference _menu;
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
        await _script.AttachAsync(_menu);
        await _script.CallAsync("open", _place?.X, _place?.Y);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _script.DisposeAsync();
}
