using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private const int AroundHit = 300;

    private Task _searching = Task.CompletedTask;
    private (string Text, long? Current) _marked = ("", null);
    private long? _jumpTo;

    /// <summary>Called by the script near the end of what is loaded. Returns whether there may be more.</summary>
    [JSInvokable]
    public async Task<bool> LoadNewer()
    {
        if (!_below || _loading) return _below;
        _loading = true;
        var (filter, after) = (Filter, _buffer.LastId);
        var newer = await ReadPageAsync(() => _search.After(after, filter, PageSize));
        _loading = false;
        if (newer is null || filter != Filter || after != _buffer.LastId) return true;
        _buffer.AppendPage(newer.Found, newer.Reached);
        SetBelow(!newer.IsEnd);
        Render();
        return _below;
    }

    private void StartSearching(bool jump) => _searching = KeepAsync(async () =>
    {
        var place = _scroller is null ? null : await _scroller.InvokeAsync<long?>("place", _disposed.Token);
        await Search.RunAsync(Filter, SearchText, place, jump);
    });

    private void OnSearchChanged() => _ = KeepAsync(async () =>
    {
        if (_scroller is null || _marked == (Search.Text, Search.Current)) return;
        _marked = (Search.Text, Search.Current);
        await _scroller.InvokeVoidAsync("mark", _disposed.Token, Search.Text, Search.Current);
    });

    private void OnSearchJumped(long id) => _ = KeepAsync(() => JumpAsync(id));

    private async Task JumpAsync(long id)
    {
        if (_scroller is null || await _scroller.InvokeAsync<bool>("sees", _disposed.Token, id)) return;
        await ChangeFollowingAsync(false, told: false);
        if (!_buffer.Holds(id) && !await LoadAroundAsync(id)) return;
        _jumpTo = id;
        Render();
    }

    private async Task<bool> LoadAroundAsync(long id)
    {
        var filter = Filter;
        var before = await ReadPageAsync(() => _search.Before(id + 1, filter, AroundHit));
        var after = await ReadPageAsync(() => _search.After(id, filter, AroundHit));
        if (before is null || after is null || filter != Filter || _following) return false;
        _buffer.Start([.. before.Found, .. after.Found], after.Reached);
        (_olderFrom, _atBeginning) = (before.Reached, before.IsEnd);
        SetBelow(!after.IsEnd);
        return true;
    }

    /// <summary>Whether there are stored lines between what is loaded and those that are only counted.</summary>
    private void SetBelow(bool below)
    {
        _below = below;
        if (!below) (_newLines, _lastCounted) = (0, _buffer.LastId);
    }
}
