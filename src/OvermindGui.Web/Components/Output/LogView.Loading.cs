using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using OvermindGui.Core.Data;
using OvermindGui.Core.Output;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Output;

public sealed partial class LogView
{
    private const int PageSize = 500;
    private const int GapPageSize = 1_000;
    private const int RefilterSize = 10_000;

    // A history is read by one at a time.
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<long, RenderedLine> _amendedMeanwhile = [];
    private int _pagesInFlight;
    private long _lastCounted;
    private long _firstEver = long.MaxValue;

    /// <summary>Called by the script when a person leaves the end or comes back to it.</summary>
    [JSInvokable]
    public Task OnFollowChanged(bool following) => ChangeFollowingAsync(following, told: true);

    /// <summary>Called by the script near the top. Returns whether there may be more.</summary>
    [JSInvokable]
    public async Task<bool> LoadOlder()
    {
        if (_loading || _atBeginning || !_loaded || _buffer.Entries.Count == 0) return !_atBeginning;
        _loading = true;
        var (filter, before) = (Filter, _buffer.FirstId);
        var older = await ReadPageAsync(() => _history.Before(before, filter, PageSize));
        _loading = false;
        if (older is null || filter != Filter || before != _buffer.FirstId) return true;
        _buffer.Prepend(older);
        if (older.Count < PageSize) ReachBeginning();
        Render();
        return !_atBeginning;
    }

    /// <summary>Called by the script for a line that was cut: the markup of all of it, or null when it is gone.</summary>
    [JSInvokable]
    public async Task<string?> LoadWhole(long id) =>
        await ReadAsync(() => _history.Between(id - 1, id + 1, ProcessFilter.Everything, 1)) is [var line]
            ? LineRenderer.RenderWhole(line)
            : null;

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

    /// <summary>A view that stands still shows the same stretch of the log, with other processes of it.</summary>
    private async Task RefilterAsync()
    {
        var (filter, first, last) = (Filter, _buffer.FirstId, _buffer.LastId);
        var lines = await ReadPageAsync(() => _history.Before(last + 1, filter, RefilterSize));
        if (lines is null || filter != Filter || _following) return;
        // What was loaded stays loaded: not less than before, and not so little that there is nothing to scroll.
        var keep = Math.Min(lines.Count, Math.Max(PageSize, lines.Count(l => l.Id >= first)));
        _buffer.Start([.. lines.Skip(lines.Count - keep)], last);
        _atBeginning = false;
        if (lines.Count < RefilterSize && keep == lines.Count) ReachBeginning();
        Render();
    }

    private async Task StartAsync(OutputSubscription subscription, CancellationToken cancellationToken)
    {
        var snapshot = subscription.Snapshot;
        if (subscription.Generation != _generation) _buffer.Clear(); // another database
        _generation = subscription.Generation;
        _buffer.Amend(snapshot);
        if (!_following && _buffer.LastId > 0)
        {
            CountNew([.. snapshot.Where(l => l.Id > _lastCounted)]); // nothing else moves
            return;
        }

        (_newLines, _lastCounted) = (0, snapshot.Count > 0 ? snapshot[^1].Id : 0);
        if (GoesOn(snapshot))
        {
            _buffer.Append([.. snapshot.Where(l => l.Id > _buffer.LastId)], Filter);
            _buffer.Trim();
            _buffer.ShowAmended();
        }
        else
        {
            await StartAfreshAsync(snapshot, cancellationToken);
        }

        (_loaded, _isOutdated) = (true, false);
        if (_buffer.FirstId > _firstEver) _atBeginning = false;
        Render();
    }

    // Not with a hole between, nor with lines before the snapshot that may have changed unseen.
    private bool GoesOn(IReadOnlyList<RenderedLine> snapshot) =>
        _buffer.LastId > 0 && snapshot.Count > 0 && snapshot[0].Id <= _buffer.LastId + 1 && snapshot[^1].Id >= _buffer.LastId
        && !(_isOutdated && _buffer.FirstId < snapshot[0].Id);

    /// <summary>The newest lines of the snapshot; where hidden processes leave too few of them, the database has more.</summary>
    private async Task StartAfreshAsync(IReadOnlyList<RenderedLine> snapshot, CancellationToken cancellationToken)
    {
        (_atBeginning, _firstEver) = (false, long.MaxValue);
        _buffer.StartWithSnapshot(snapshot, Filter);
        if (_buffer.LineCount >= PageSize || snapshot.Count == 0) return;
        var before = _buffer.Entries.Count > 0 ? _buffer.FirstId : snapshot[^1].Id + 1;
        var older = await ReadPageAsync(() => _history.Before(before, Filter, PageSize));
        cancellationToken.ThrowIfCancellationRequested();
        if (older is null) return;
        _buffer.Prepend(older);
        if (older.Count < PageSize) ReachBeginning();
    }

    private void ReachBeginning() => (_atBeginning, _firstEver) = (true, _buffer.FirstId);

    private async Task FillAsync(LogGap gap)
    {
        await ChangeFollowingAsync(false, told: false); // who loads wants to read
        _loading = true;
        Render();
        var filter = Filter;
        var lines = await ReadPageAsync(() => _history.Between(gap.FirstId - 1, gap.LastId + 1, filter, GapPageSize));
        _loading = false;
        if (lines is not null && filter == Filter) _buffer.Fill(gap, lines, isAll: lines.Count < GapPageSize);
        Render();
    }

    private async Task<IReadOnlyList<RenderedLine>?> ReadPageAsync(Func<IReadOnlyList<OutputLine>> read)
    {
        _pagesInFlight++;
        try
        {
            var page = await ReadAsync(() => (IReadOnlyList<RenderedLine>)[.. read().Select(LineRenderer.Render)]);
            return page is null || _amendedMeanwhile.Count == 0 ? page : [.. page.Select(l => _amendedMeanwhile.GetValueOrDefault(l.Id, l))];
        }
        finally
        {
            if (--_pagesInFlight == 0) _amendedMeanwhile.Clear();
        }
    }

    // A page that is being read may hold such a line as it was before; the buffer does not have it yet.
    private void KeepForPages(IReadOnlyList<RenderedLine> amended)
    {
        if (_pagesInFlight == 0) return;
        foreach (var line in amended) _amendedMeanwhile[line.Id] = line;
    }

    /// <summary>Reads off the circuit's own thread, so that a slow disk does not hold up clicks. Null: not readable now.</summary>
    private async Task<T?> ReadAsync<T>(Func<T> read)
        where T : class
    {
        await _reading.WaitAsync(_disposed.Token);
        try
        {
            return await Task.Run(read, _disposed.Token);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The history cannot be read now: {Reason}", e.Message);
            return null;
        }
        finally
        {
            _reading.Release();
        }
    }
}
