using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Layout;

/// <summary>The browser around a page: its tab, its keys, its memory. One for each open page.</summary>
public sealed class BrowserShell(IJSRuntime script) : IAsyncDisposable
{
    private const string Folder = "./_content/OvermindGui.Web/js/";

    private readonly List<IJSObjectReference> _modules = [];
    private IJSObjectReference? _tab;
    private IJSObjectReference? _settings;
    private IJSObjectReference? _keys;
    private int _failed = -1;
    private bool _isKept; // changed before they were read

    /// <summary>What this browser remembers. Known after <see cref="AttachAsync"/>.</summary>
    public ShellSettings Settings { get; private set; } = new();

    /// <summary>Something that is remembered has changed.</summary>
    public event Action? Changed;

    /// <summary>Loads the scripts and reads the settings.</summary>
    public async Task AttachAsync<T>(DotNetObjectReference<T> page)
        where T : class
    {
        var keys = await ImportAsync("shortcuts.js");
        _tab = await ImportAsync("tab-state.js");
        _settings = await ImportAsync("settings.js");
        var remembered = ShellSettings.Parse(await _settings.InvokeAsync<string?>("read"));
        if (_isKept) await _settings.SendAsync("write", Settings.ToText());
        else Settings = remembered;
        Changed?.Invoke();
        _keys = await keys.InvokeAsync<IJSObjectReference>("attach", page); // a key may change them
    }

    /// <summary>Remembers other settings.</summary>
    public async Task KeepAsync(ShellSettings settings)
    {
        (Settings, _isKept) = (settings, true);
        Changed?.Invoke();
        if (_settings is not null) await _settings.SendAsync("write", settings.ToText());
    }

    /// <summary>Shows in the tab's icon how many processes have failed.</summary>
    public async Task ShowFailedAsync(int failed)
    {
        if (_tab is null || failed == _failed) return;
        _failed = failed;
        await _tab.SendAsync("show", failed);
    }

    /// <summary>Asks for the permission to notify; false when it is refused.</summary>
    public async Task<bool> AllowNotificationsAsync() => _tab is not null && await _tab.InvokeAsync<bool>("allow");

    /// <summary>Shows a notification if they are enabled and the page is hidden.</summary>
    public async Task NotifyAsync(string title, string body)
    {
        if (Settings.Notify && _tab is not null) await _tab.SendAsync("notify", title, body);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_keys is not null)
            {
                await _keys.InvokeVoidAsync("detach");
                await _keys.DisposeAsync();
            }

            foreach (var module in _modules) await module.DisposeAsync();
        }
        catch (Exception e) when (ScriptCalls.IsMissed(e))
        {
            // The page is gone, and its scripts with it.
        }
    }

    private async Task<IJSObjectReference> ImportAsync(string file)
    {
        var module = await script.InvokeAsync<IJSObjectReference>("import", Folder + file);
        _modules.Add(module);
        return module;
    }
}
