using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Log;

/// <summary>The view options of a browser, which its panes share. One for each open page.</summary>
public sealed class ViewOptionsMemory(IJSRuntime script) : IAsyncDisposable
{
    private const string Module = "./_content/OvermindGui.Web/js/log/options.js";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private IJSObjectReference? _module;
    private bool _isRead;
    private bool _isKept; // changed before it was read
    private ViewOptions _kept = ViewOptions.Default;
    private ViewOptions? _asked;

    /// <summary>Those of the address, else what is remembered; the default until <see cref="ReadAsync"/> has found that.</summary>
    public ViewOptions Options => _asked is null ? _kept : _asked with { Editor = _kept.Editor };

    /// <summary>Whether the options are those of the address.</summary>
    public bool IsAsked => _asked is not null;

    /// <summary>The options are others now.</summary>
    public event Action? Changed;

    /// <summary>Shows lines as an address says, and remembers nothing of it; null for as remembered.</summary>
    public void Ask(ViewOptions? options)
    {
        if (_asked == options) return;
        _asked = options;
        Changed?.Invoke();
    }

    /// <summary>Finds what this browser remembers.</summary>
    public async Task ReadAsync()
    {
        if (_isRead) return;
        _isRead = true;
        _module = await script.InvokeAsync<IJSObjectReference>("import", Module);
        var remembered = Parse(await _module.InvokeAsync<string?>("read"));
        if (_isKept) await WriteAsync();
        if (_isKept || remembered is not { } options || options == _kept) return;
        _kept = options;
        Changed?.Invoke();
    }

    /// <summary>Remembers other options.</summary>
    public async Task KeepAsync(ViewOptions options)
    {
        (_kept, _asked, _isKept) = (options, null, true);
        Changed?.Invoke();
        await WriteAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (Exception e) when (ScriptCalls.IsMissed(e))
        {
            // The page is gone, and its script with it.
        }
    }

    private async Task WriteAsync()
    {
        if (_module is not null) await _module.SendAsync("write", JsonSerializer.Serialize(_kept, Format));
    }

    private static ViewOptions? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<ViewOptions>(text, Format);
        }
        catch (JsonException)
        {
            return null; // of another version, or edited
        }
    }
}
