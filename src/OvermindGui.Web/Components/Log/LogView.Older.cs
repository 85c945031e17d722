using Microsoft.JSInterop;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private const int PageSize = 500;

    // A look that finds nothing changes only the number of lines still to be looked at.
    private const int SilentLooks = 5;

    private Task _filling = Task.CompletedTask;
    private long? _olderFrom;
    private bool _atBeginning;
    private bool _below;

    // Following, the script does not ask for older lines: the view itself sees to it that there is a page of them.
    private bool NeedsOlder => _olderFrom is not null && !_atBeginning && _buffer.LineCount < PageSize;

    /// <summary>Called by the script near the top. Returns whether there may be more.</summary>
    [JSInvokable]
    public async Task<bool> LoadOlder()
    {
        if (!_filling.IsCompleted) await _filling;
        else if (!_loading) await LoadOlderAsync(silent: false);
        return !_atBeginning;
    }

    private void Fill()
    {
        if (_filling.IsCompleted && NeedsOlder) _filling = KeepAsync(FillAsync);
    }

    // By what the view shows now, whatever it showed when this began.
    private async Task FillAsync()
    {
        for (var look = 1; NeedsOlder; look++)
            if (!await LoadOlderAsync(silent: look % SilentLooks != 0)) return;
    }

    /// <summary>Goes one look further back. False when the history cannot be read now.</summary>
    private async Task<bool> LoadOlderAsync(bool silent)
    {
        if (_atBeginning || !_loaded || _olderFrom is not { } before) return true;
        var filter = Filter;
        _loading = true;
        var older = await ReadPageAsync(() => _search.Before(before, filter, PageSize));
        _loading = false;
        if (filter != Filter || before != _olderFrom) return true;
        if (older is null) return false;
        _buffer.Prepend(older.Found);
        (_olderFrom, _atBeginning) = (older.Reached, older.IsEnd);
        if (!silent || older.Found.Count > 0 || older.IsEnd) Render();
        return true;
    }

    /// <summary>After lines above were let go of, they are history again.</summary>
    private void Trim()
    {
        if (_buffer.Trim()) (_olderFrom, _atBeginning) = (_buffer.FirstId, false);
    }
}
