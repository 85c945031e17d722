using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Api;

/// <summary>
/// One reader's stream: it reads from the history at the reader's own pace and keeps a place in it, no lines. So nothing is skipped,
/// however slow the reader is and however long it was away.
/// </summary>
internal sealed class OutputStream(
    OvermindDatabase database, ProcessFilter filter, SystemFeed states, ChangeBroadcaster signal, EventWriter events)
{
    private const int PageSize = 100;
    private const int MaxAmendments = 1_000;

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private readonly OutputHistory _history = new(database);
    private readonly ChangeNotifier _bell = signal.Subscribe();
    private readonly Dictionary<string, string> _toldStates = [];
    private ClearedLines _toldCleared = ClearedLines.None;
    private SystemSnapshot? _state;
    private int _generation;
    private long _cursor;
    private long _amendment;

    /// <param name="after">The last line that the reader has; null for only what comes from now on.</param>
    public async Task RunAsync(long? after, CancellationToken cancellationToken)
    {
        using var ringing = _bell;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchStatesAsync(end.Token);
        try
        {
            await BeginAsync(after);
            while (true)
            {
                await TryTellAsync();
                await Task.Delay(ShortestPause, cancellationToken);
                await _bell.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            await end.CancelAsync();
            await watching;
        }
    }

    private async Task BeginAsync(long? after)
    {
        database.IsReady();
        _generation = database.Generation;
        _amendment = _history.LastAmendment();
        _cursor = _history.LastId();
        _toldCleared = _history.Cleared;
        if (after > _cursor) after = 0; // an id of another database, which had more lines
        _cursor = after ?? _cursor;
        var changedMeanwhile = after is { } place ? _history.MayHaveChanged(place, filter) : [];
        events.WriteRetry(TimeSpan.FromSeconds(1));
        foreach (var line in changedMeanwhile) await events.WriteAsync("amend", LineResponse.From(line));
    }

    private async Task TryTellAsync()
    {
        try
        {
            if (database.IsReady()) await TellAsync();
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // Being written or replaced by another: the next ring is a second away at most.
        }

        await TellStatesAsync();
        await events.FlushAsync();
    }

    private async Task TellAsync()
    {
        if (_generation != database.Generation)
        {
            (_generation, _cursor, _amendment, _toldCleared) = (database.Generation, 0, 0, ClearedLines.None);
            await events.WriteAsync("reset", new { });
        }

        await TellAmendmentsAsync();
        await TellLinesAsync();
        foreach (var (process, upTo) in _history.Cleared.ChangesSince(_toldCleared).Where(c => filter.Shows(c.Process)))
            await events.WriteAsync("cleared", new ClearedEvent(process, upTo));
        _toldCleared = _history.Cleared;
    }

    private async Task TellAmendmentsAsync()
    {
        (var amended, _amendment, var missed) = _history.AmendedAfter(_amendment, _cursor, MaxAmendments);
        if (missed) amended = _history.MayHaveChanged(_cursor, filter);
        foreach (var line in amended.Where(line => filter.Shows(line.Process))) await events.WriteAsync("amend", LineResponse.From(line));
    }

    private async Task TellLinesAsync()
    {
        // Ids become visible in order, so all up to this one are there, whichever process they belong to.
        var last = _history.LastId();
        while (_cursor < last)
        {
            var page = _history.Between(_cursor, last + 1, filter, PageSize);
            foreach (var line in page)
            {
                await events.WriteAsync("line", LineResponse.From(line), line.Id);
                _cursor = line.Id;
            }

            if (page.Count < PageSize) _cursor = last;
        }
    }

    private async Task TellStatesAsync()
    {
        if (_state is not { } state) return;
        var changed = state.Processes.Where(p => filter.Shows(p.Name)).Select(p => KeyValuePair.Create(p.Name, p.State.ToText()))
            .Where(now => _toldStates.GetValueOrDefault(now.Key) != now.Value).ToDictionary();
        foreach (var (process, status) in changed) _toldStates[process] = status;
        if (changed.Count > 0) await events.WriteAsync("status", changed);
    }

    private async Task WatchStatesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var snapshot in states.WatchAsync(cancellationToken))
            {
                _state = snapshot;
                _bell.Ring();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the stream ends
        }
    }
}

/// <summary>Lines of a process up to an id are gone; after an undo the id is lower, and what is back can be asked for.</summary>
internal sealed record ClearedEvent(string Process, long UpTo);
