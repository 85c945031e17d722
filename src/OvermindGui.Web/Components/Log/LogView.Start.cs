using Microsoft.JSInterop;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private const int RefilterSize = 10_000;

    // What these do not find comes as it is found.
    private const int RefilterLooks = 4;

    private bool _hasSearched;

    /// <summary>Called by the script when a person leaves the end or comes back to it.</summary>
    [JSInvokable]
    public Task OnFollowChanged(bool following) => ChangeFollowingAsync(following, told: true);

    private Task ResumeAsync() => ChangeFollowingAsync(true, told: false);

    private async Task ChangeFollowingAsync(bool following, bool told)
    {
        if (told) _toldFollowing = following;
        if (following == _following) return;
        _following = Following = following;
        if (following) Reload(afresh: false);
        else (_newLines, _lastCounted) = (0, _buffer.LastId);
        Render();
        await FollowingChanged.InvokeAsync(following);
    }

    private void Reload(bool afresh)
    {
        if (afresh) Clear();
        _reload.Cancel();
    }

    private void Clear()
    {
        _buffer.Clear();
        (_olderFrom, _atBeginning, _below) = (null, false, false);
    }

    private async Task StartAsync(OutputSubscription subscription, CancellationToken cancellationToken)
    {
        var snapshot = subscription.Snapshot;
        var isAnother = subscription.Generation != _generation;
        _generation = subscription.Generation;
        if (isAnother && await BeginAnewAsync(snapshot)) return;
        await AmendAsync(snapshot);
        if (!_following && _buffer.LastId > 0)
        {
            await CountNewAsync([.. snapshot.Where(l => l.Id > _lastCounted)]); // nothing else moves
            return;
        }

        (_newLines, _lastCounted) = (0, snapshot.Count > 0 ? snapshot[^1].Id : 0);
        if (GoesOn(snapshot))
        {
            await AppendAsync([.. snapshot.Where(l => l.Id > _buffer.LastId)]);
            Trim();
            _buffer.ShowAmended();
        }
        else
        {
            await StartAfreshAsync(snapshot);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _isOutdated = false;
        ShowLoaded();
    }

    /// <summary>Lines are gone, or are others: output was cleared, or the whole database replaced. True when that is all for now.</summary>
    private async Task<bool> BeginAnewAsync(IReadOnlyList<RenderedLine> snapshot)
    {
        var keepsPlace = !_following && _buffer.LastId > 0 && (snapshot.Count == 0 || snapshot[^1].Id >= _buffer.LastId);
        if (keepsPlace) await RefilterAsync();
        else Clear();
        if (_hasSearched && SearchText.Length > 0) StartSearching(jump: false);
        if (!keepsPlace) return false;
        // Where nothing is left to be read, what comes is more than a number.
        if (_buffer.LineCount == 0) await ChangeFollowingAsync(true, told: false);
        (_newLines, _lastCounted) = (0, 0);
        await CountNewAsync([.. snapshot.Where(l => l.Id > _buffer.LastId)]);
        _lastCounted = Math.Max(_lastCounted, _buffer.LastId);
        Render();
        return true;
    }

    private void ShowLoaded()
    {
        _below = false;
        Render();
        Fill();
        Search.Saw([]);
        if (_hasSearched) return;
        _hasSearched = true;
        if (SearchText.Length > 0) StartSearching(jump: false); // the address had it
    }

    // Not with a hole between, nor with lines before the snapshot that may have changed unseen.
    private bool GoesOn(IReadOnlyList<RenderedLine> snapshot) =>
        _buffer.LastId > 0 && snapshot.Count > 0 && snapshot[0].Id <= _buffer.LastId + 1 && snapshot[^1].Id >= _buffer.LastId
        && !(_isOutdated && _buffer.FirstId < snapshot[0].Id);

    /// <summary>The newest lines of the snapshot; where the filter leaves too few of them, the database has more.</summary>
    private async Task StartAfreshAsync(IReadOnlyList<RenderedLine> snapshot)
    {
        Clear();
        _loaded = true;
        if (snapshot.Count == 0) return;
        if (LacksShown(snapshot)) _buffer.Start([], snapshot[^1].Id);
        else _buffer.StartWithSnapshot(snapshot, Filter.Processes);
        _olderFrom = _buffer.Entries.Count > 0 ? _buffer.FirstId : snapshot[^1].Id + 1;
        if (NeedsOlder) await LoadOlderAsync(silent: true);
    }

    /// <summary>A view that stands still shows the same stretch of the log, with other lines of it.</summary>
    private async Task RefilterAsync()
    {
        var (filter, first, last) = (Filter, _olderFrom ?? long.MaxValue, _buffer.LastId);
        var lines = new List<RenderedLine>();
        var (reached, isEnd) = (last + 1, false);
        for (var look = 0; look < RefilterLooks && !isEnd && lines.Count < RefilterSize && (look == 0 || reached > first); look++)
        {
            var page = await ReadPageAsync(() => _search.Before(reached, filter, RefilterSize - lines.Count));
            if (page is null || filter != Filter || _following) return;
            lines.InsertRange(0, page.Found);
            (reached, isEnd) = (page.Reached, page.IsEnd);
        }

        // What was loaded stays loaded: not less than before, and not so little that there is nothing to scroll.
        var keep = Math.Min(lines.Count, Math.Max(PageSize, lines.Count(l => l.Id >= first)));
        _buffer.Start([.. lines.Skip(lines.Count - keep)], last);
        (_olderFrom, _atBeginning) = keep < lines.Count ? (_buffer.FirstId, false) : (reached, isEnd);
        Render();
        Fill();
    }
}
