using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Scripts;

/// <summary>
/// The script of a component: a module whose <c>attach</c> is called with an element and returns an object with the functions of that
/// element. Its <c>detach</c> is called when the component is gone.
/// </summary>
/// <param name="path">Below the root of this library: <c>Components/Log/LogView.razor.js</c>.</param>
internal sealed class ElementScript(IJSRuntime runtime, string path) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _attached;
    private bool _isGone;

    /// <summary>Whether there is an element to call functions of.</summary>
    public bool IsAttached => _attached is not null;

    /// <summary>
    /// Loads the module and attaches it; a second call does nothing. The component may be gone meanwhile, as when its page is left at once: its
    /// script is then not attached.
    /// </summary>
    public async Task AttachAsync(params object?[] arguments)
    {
        if (_attached is not null) return;
        try
        {
            _module ??= await runtime.InvokeAsync<IJSObjectReference>("import", $"./_content/OvermindGui.Web/{path}");
            if (!_isGone) _attached = await _module.InvokeAsync<IJSObjectReference>("attach", arguments);
        }
        catch (Exception e) when (_isGone && e is JSDisconnectedException or OperationCanceledException or ObjectDisposedException)
        {
            // and so is the page
        }

        if (_isGone) await DetachAsync();
    }

    /// <summary>Calls a function of the element; nothing happens before it is attached, or when the browser does not answer.</summary>
    public async Task CallAsync(string function, params object?[] arguments)
    {
        if (_attached is not null) await _attached.SendAsync(function, arguments);
    }

    /// <summary>As above, with an answer; the default where nothing happens.</summary>
    public async Task<T?> AskAsync<T>(string function, params object?[] arguments) =>
        _attached is null ? default : await _attached.AskAsync<T>(function, arguments);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isGone = true;
        return DetachAsync();
    }

    private async ValueTask DetachAsync()
    {
        var (attached, module) = (_attached, _module);
        (_attached, _module) = (null, null);
        try
        {
            if (attached is not null)
            {
                await attached.InvokeVoidAsync("detach");
                await attached.DisposeAsync();
            }

            if (module is not null) await module.DisposeAsync();
        }
        catch (Exception e) when (ScriptCalls.IsMissed(e))
        {
            // The page is gone, and its script with it.
        }
    }
}
