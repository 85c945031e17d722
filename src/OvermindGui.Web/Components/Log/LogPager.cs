using Microsoft.Extensions.Logging;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Frames;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Keeps a <see cref="LogWindow"/> supplied: with new lines of the feed while it follows, with their number while it is paused, and with
/// pages of the history around what is loaded.
/// </summary>
internal sealed class LogPager : IAsyncDisposable
{
    private const int AroundPlace = 300;

    // A paused window renders only its counter, at most this often.
    private static readonly TimeSpan FrozenPause = TimeSpan.FromMilliseconds(200);

    // A look that finds nothing changes only the number of lines still to be looked at.
    private const int SilentLooks = 5;

    private readonly Lifetime _lifetime = new();
    private readonly LogWindow _window = new();
    private readonly ILogSurface _surface;
    private readonly LogReader _reader;
    private readonly OutputFeed _feed;
    private CancellationTokenSource _reload = new();
    private OutputSubscription? _subscription;
    private int _generation;
    private bool _isOutdated;
    private bool _newerInFlight;
    private Task _pump = Task.CompletedTask;
    private Task _olderFill = Task.CompletedTask;

    public LogPager(ILogSurface surface, OutputFeed feed, OvermindDatabase database, ILogger logger)
    {
        (_surface, _feed) = (surface, feed);
        _reader = new LogReader(database, logger, _lifetime.Token);
    }

    /// <summary>
    /// How long new lines wait for the browser to show those before them: one that is slow gets more lines at a time, and no queue of renders.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>What is loaded.</summary>
    public LogWindow Window => _window;

    /// <summary>Whether the window was filled for the first time.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether older lines are being read.</summary>
    public bool IsLoadingOlder { get; private set; }

    /// <summary>Whether the lines of a gap are being read.</summary>
    public bool IsFilling { get; private set; }

    private LineFilter Filter => _surface.Filter;

    /// <summary>Begins to read.</summary>
    public void Start() => _pump = _surface.OnCircuitAsync(() => PumpAsync(_lifetime.Token));

    /// <summary>Follows the end, or pauses.</summary>
    public async Task FollowAsync(bool following)
    {
        if (!_window.Follow(following)) return;
        if (following) Reload(afresh: false);
        _surface.Render();
        await _surface.FollowingChangedAsync(following);
    }

    /// <summary>The same, before or while the view itself was given this.</summary>
    public void SetFollowing(bool following)
    {
        if (_window.Follow(following) && following && IsLoaded) Reload(afresh: false);
    }

    /// <summary>The view's filter is another one: a window that follows begins again at the end, a paused one around the same line.</summary>
    public Task ApplyFilterAsync()
    {
        if (!_window.Following) return RefilterAsync();
        Reload(afresh: true);
        return Task.CompletedTask;
    }

    /// <summary>Goes one page further back. Whether there may be more.</summary>
    public async Task<bool> LoadOlderAsync()
    {
        if (!_olderFill.IsCompleted) await _olderFill;
        return await LookBackAsync(silent: false) && _window.HasOlder;
    }

    /// <summary>Adds a page below what is loaded. Whether there may be more.</summary>
    public async Task<bool> LoadNewerAsync()
    {
        if (!_window.HasNewer || _newerInFlight) return false;
        var (filter, after) = (Filter, _window.LastId);
        _newerInFlight = true;
        var newer = await _reader.AfterAsync(after, filter);
        _newerInFlight = false;
        if (newer is null || filter != Filter || after != _window.LastId || _window.Following) return false;
        _window.AppendPage(newer);
        _surface.Render();
        return _window.HasNewer;
    }

    /// <summary>Reads a page of what was left out. Whether there may be more.</summary>
    /// <param name="fromEnd">The reader comes from below.</param>
    public async Task<bool> LoadGapAsync(long firstId, bool fromEnd)
    {
        if (IsFilling || _window.GapAt(firstId) is not { } gap) return false;
        await FollowAsync(false);
        var filter = Filter;
        IsFilling = true;
        var page = fromEnd
            ? await _reader.NewestAsync(gap.FirstId, gap.LastId, filter, LogWindow.PageSize)
            : await _reader.OldestAsync(gap.FirstId, gap.LastId, filter, LogWindow.PageSize);
        IsFilling = false;
        if (page is null || filter != Filter) return false;
        _window.Fill(gap, page.Found, page.Reached, fromEnd);
        _surface.Render();
        return true;
    }

    /// <summary>Fills a paused window around a line. False when the history cannot be read now, or the reader went on meanwhile.</summary>
    /// <param name="last">Lines behind this one do not count; null for none.</param>
    public async Task<bool> LoadAroundAsync(long id, long? last = null)
    {
        var filter = Filter;
        var before = await _reader.BeforeAsync(id + 1, filter, AroundPlace);
        var after = last is { } end ? await _reader.OldestAsync(id + 1, end, filter, AroundPlace) : await _reader.AfterAsync(id, filter, AroundPlace);
        if (before is null || after is null || filter != Filter || _window.Following) return false;
        _window.Start(before, after);
        return true;
    }

    /// <summary>Pauses around the first line stored. Its id; null as above, and where nothing is stored.</summary>
    public async Task<long?> LoadBeginningAsync()
    {
        await FollowAsync(false);
        return await _reader.ExtentAsync() is { } extent && await LoadAroundAsync(extent.First) ? extent.First : null;
    }

    /// <summary>Pauses around the first line read at or after a time. Its id; null as above.</summary>
    public async Task<long?> LoadTimeAsync(long time)
    {
        await FollowAsync(false);
        return await _reader.FirstIdFromAsync(time) is { } id && await LoadAroundAsync(id) ? id : null;
    }

    /// <summary>The first line from an id on that is to be shown; null where the next ones hold none.</summary>
    public async Task<long?> NextShownAsync(long id) => await _reader.AfterAsync(id - 1, Filter, 1) is { Found: [var line] } ? line.Id : null;

    /// <summary>This line where it is stored, else the nearest that is.</summary>
    public async Task<(long Id, bool IsStored)> NearestAsync(long id)
    {
        if (await _reader.LineAsync(id) is not null) return (id, true);
        return await _reader.ExtentAsync() is { } stored ? (Math.Clamp(id, stored.First, Math.Max(stored.First, stored.Last)), false) : (id, false);
    }

    /// <summary>A line as it is stored; null where it is not, or cannot be read now.</summary>
    public Task<OutputLine?> LineAsync(long id) => _reader.LineAsync(id);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lifetime.EndAsync();
        await Task.WhenAll(_pump, _olderFill);
        _reload.Dispose();
        _lifetime.Dispose();
    }

    private void Reload(bool afresh)
    {
        if (afresh) _window.Clear();
        _reload.Cancel();
    }

    /// <summary>Subscribes again: after a change of filter, to go back to the end, and when the feed ended the subscription.</summary>
    private async Task PumpAsync(CancellationToken disposed)
    {
        try
        {
            while (!disposed.IsCancellationRequested)
            {
                using var round = CancellationTokenSource.CreateLinkedTokenSource(disposed, _reload.Token);
                try
                {
                    await FollowFeedAsync(round.Token);
                }
                catch (OperationCanceledException) when (!disposed.IsCancellationRequested)
                {
                    // asked to start over: the loop does
                }

                BeginRound();
            }
        }
        finally
        {
            _subscription?.Dispose();
        }
    }

    private void BeginRound()
    {
        if (!_reload.IsCancellationRequested) return; // the feed ended the subscription
        _reload.Dispose();
        _reload = new CancellationTokenSource();
    }

    private async Task FollowFeedAsync(CancellationToken cancellationToken)
    {
        var former = _subscription;
        var subscription = _subscription = _feed.Subscribe(former);
        _isOutdated |= former is { HasEnded: true };
        await StartAsync(subscription, cancellationToken);
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken))
        {
            await TakeAsync(batch, cancellationToken);
            if (!_window.Following) await Task.Delay(FrozenPause, cancellationToken);
        }
    }

    private async Task StartAsync(OutputSubscription subscription, CancellationToken cancellationToken)
    {
        var snapshot = subscription.Snapshot;
        var isAnother = subscription.Generation != _generation;
        _generation = subscription.Generation;
        if (isAnother && await BeginAnewAsync(snapshot)) return;
        await AmendAsync(snapshot);
        if (!IsLoaded && await _surface.OpensElsewhereAsync())
        {
            IsLoaded = true;
            _surface.Loaded();
            return;
        }

        if (!_window.Following && _window.LastId > 0)
        {
            await CountNewAsync([.. snapshot.Where(l => l.Id > _window.Counted)]); // nothing else moves
            return;
        }

        if (_window.GoesOn(snapshot, _isOutdated))
        {
            await AppendAsync([.. snapshot.Where(l => l.Id > _window.LastId)]);
            _window.Trim();
            _window.ShowAmended();
            _window.ReachEnd();
        }
        else
        {
            IsLoaded = true;
            _window.Start(snapshot, Filter.Processes, isComplete: snapshot.Count > 0 && !LacksShown(snapshot, snapshot[0].Id - 1));
            if (_window.NeedsOlder) await LookBackAsync(silent: true);
        }

        cancellationToken.ThrowIfCancellationRequested();
        _isOutdated = false;
        _surface.Render();
        FillOlder();
        _surface.Saw([]);
        _surface.Loaded();
    }

    /// <summary>Lines are gone, or are others: output was cleared, or the whole database replaced. True when that is all for now.</summary>
    private async Task<bool> BeginAnewAsync(IReadOnlyList<RenderedLine> snapshot)
    {
        var keepsPlace = !_window.Following && _window.LastId > 0 && (snapshot.Count == 0 || snapshot[^1].Id >= _window.LastId);
        if (keepsPlace) await RefilterAsync();
        else _window.Clear();
        _surface.Replaced();
        if (!keepsPlace) return false;
        // In an empty view, show new lines instead of counting them.
        if (_window.LineCount == 0) await FollowAsync(true);
        _window.RestartCount();
        await CountNewAsync([.. snapshot.Where(l => l.Id > _window.LastId)]);
        _surface.Render();
        return true;
    }

    private async Task TakeAsync(FeedBatch batch, CancellationToken cancellationToken)
    {
        _reader.SawAmended(batch.Amended);
        await AmendAsync(batch.Amended);
        if (cancellationToken.IsCancellationRequested) return; // it is about to begin again: the snapshot brings the lines
        _surface.Saw(batch.Amended.Select(l => l.Id));
        if (!_window.Following)
        {
            await CountNewAsync(batch.Lines);
            return;
        }

        var isNew = batch.Lines.Count > 0 && await AppendAsync(batch.Lines);
        _window.Trim();
        if (!_window.ShowAmended() && !isNew) return;
        var shown = _surface.ShownAsync();
        _surface.Render();
        await shown.WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>Takes in what came. False when none of it is to be seen.</summary>
    private async Task<bool> AppendAsync(IReadOnlyList<RenderedLine> batch)
    {
        if (batch.Count == 0 || batch[^1].Id <= _window.LastId) return false;
        if (!LacksShown(batch, _window.LastId > 0 ? _window.LastId : batch[0].Id - 1))
        {
            _window.Append(batch, Filter.Processes);
            return true;
        }

        // The feed only says that there is something: the database knows which lines match, also of those that a flood left out.
        var (filter, after, last) = (Filter, _window.LastId, batch[^1].Id);
        var page = await _reader.NewestAsync(after + 1, last, filter, OutputFeed.LinesPerTick);
        if (page is null || filter != Filter || !_window.Following || _window.LastId != after) return false;
        _window.AppendFound(page.Found, page.Reached, last);
        return page.Found.Count > 0;
    }

    /// <summary>Whether lines that are to be seen may not be among these: the feed looks for no text, and a flood of hidden lines leaves holes.</summary>
    private bool LacksShown(IReadOnlyList<RenderedLine> lines, long after) => Filter.AsksForContent
        || (!Filter.Processes.IsEverything && lines[^1].Id - after > lines.Count);

    /// <summary>With a filter for content a line that changed may have begun to match, or ceased to.</summary>
    private async Task AmendAsync(IReadOnlyList<RenderedLine> amended)
    {
        if (amended.Count == 0) return;
        if (!Filter.AsksForContent)
        {
            _window.Amend(amended);
            return;
        }

        var (filter, from) = (Filter, _window.OlderFrom ?? long.MaxValue);
        var seen = amended.Where(l => l.Id >= from && l.Id <= _window.LastId).ToList();
        if (seen.Count == 0) return;
        var matching = await _reader.MatchingAsync([.. seen.Select(l => l.Id)], filter);
        if (matching is not null && filter == Filter) _window.Amend(seen, matching);
    }

    private async Task CountNewAsync(IReadOnlyList<RenderedLine> lines)
    {
        if (lines.Count == 0) return;
        var (after, last) = (_window.Counted, lines[^1].Id);
        // What the feed left out counts as well, as far as the filter would show it.
        var count = !LacksShown(lines, after > 0 ? after : lines[0].Id - 1)
            ? Math.Max(0, after > 0 ? lines[0].Id - after - 1 : 0) + lines.Count(l => Filter.Processes.Shows(l.Process))
            : await _reader.CountAsync(after, last, Filter) ?? 0;
        if (_window.Count(count, last)) _surface.Render();
    }

    // Following, the script does not ask for older lines: the pager itself sees to it that there is a page of them.
    private void FillOlder()
    {
        if (_olderFill.IsCompleted && _window.NeedsOlder) _olderFill = _surface.OnCircuitAsync(FillOlderAsync);
    }

    // Uses the current filter, which may have changed since the fill was started.
    private async Task FillOlderAsync()
    {
        for (var look = 1; _window.NeedsOlder; look++)
            if (!await LookBackAsync(silent: look % SilentLooks != 0)) return;
    }

    /// <summary>Goes one look further back. False when the history cannot be read now, or was being read already.</summary>
    private async Task<bool> LookBackAsync(bool silent)
    {
        if (_window.ReachesBeginning || !IsLoaded || _window.OlderFrom is not { } before) return true;
        if (IsLoadingOlder) return false;
        var filter = Filter;
        IsLoadingOlder = true;
        var older = await _reader.BeforeAsync(before, filter);
        IsLoadingOlder = false;
        if (filter != Filter || before != _window.OlderFrom) return true;
        if (older is null) return false;
        _window.PrependPage(older);
        if (!silent || older.Found.Count > 0 || older.IsEnd) _surface.Render();
        return true;
    }

    /// <summary>Replaces the lines of a paused window around the same position.</summary>
    private async Task RefilterAsync()
    {
        var anchor = await _surface.AnchorAsync();
        // What came since is still only counted, by the new filter.
        var (last, counted, reachedEnd) = (_window.LastId, _window.Counted, !_window.HasNewer);
        if (!await LoadAroundAsync(anchor?.Id ?? last, reachedEnd ? last : null)) return;
        if (reachedEnd && !_window.HasNewer && counted > _window.LastId)
            _window.Count(await _reader.CountAsync(last, counted, Filter) ?? 0, counted);
        if (anchor is not null) _surface.Put(anchor);
        _surface.Render();
    }
}
