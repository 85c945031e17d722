using Microsoft.JSInterop;
using OvermindGui.Web.Components.Scripts;

namespace OvermindGui.Web.Components.Log;

/// <summary>The time in the zone of the reader's browser, which need not be the server's. One for each open page.</summary>
public sealed class BrowserClock(TimeProvider time, IJSRuntime script) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private TimeZoneInfo? _zone;

    /// <summary>A clock of the browser's zone, or of UTC.</summary>
    public async Task<TimeProvider> ReadAsync(bool utc)
    {
        if (utc) return new ZonedTime(time, TimeZoneInfo.Utc);
        if (_zone is null)
        {
            _module = await script.InvokeAsync<IJSObjectReference>("import", "./_content/OvermindGui.Web/js/zone.js");
            var name = await _module.InvokeAsync<string?>("zone");
            _zone = name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found) ? found : time.LocalTimeZone;
        }

        return new ZonedTime(time, _zone);
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

    private sealed class ZonedTime(TimeProvider time, TimeZoneInfo zone) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => zone;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();
    }
}
