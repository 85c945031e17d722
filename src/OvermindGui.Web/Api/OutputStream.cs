using System.Text;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Api;

/// <summary>
/// One reader's stream: it reads from the history at the reader's own pace and keeps a place in it, no lines. So nothing is skipped,
/// however slow the reader is and however long it was away.
/// </summary>
internal sealed class OutputStream(
    OvermindDatabase database, ProcessFilter filter, SystemFeed states, ChangeBroadcaster signal, EventWriter events,
    CancellationToken cancellationToken)
{
    private const int PageSize = 100;
    private const int MaxAmendments = 1_000;

    private const int MarkupOfStyle = 48; // bytes, roughly

    // Lines that alone exceed the buffer of a stream wait for each other: few are in memory at a time, however many readers stand still.
    private static readonly SemaphoreSlim Large = new(4);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private readonly OutputHistory _history = new(database);
    private readonly ChangeNotifier _notifier = signal.Subscribe();
    private readonly Dictionary<string, string> _sentStates = [];
    private ClearedLines _sentCleared = ClearedLines.None;
    private SystemSnapshot? _state;
    private int _generation;
    private long _cursor;
    private long _amendment;

    /// <param name="after">Id of the last line that the reader has; null to send only new lines.</param>
    public async Task RunAsync(long? after)
    {
        using var subscription = _notifier;
        using var silence = Heartbeat.Each(() =>
        {
            if (events.IsSilent) _notifier.Notify();
        });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchStatesAsync(end.Token);
        try
        {
            await BeginAsync(after);
            while (true)
            {
                await TrySendNewsAsync();
                await Task.Delay(ShortestPause, cancellationToken);
                await _notifier.WaitAsync(cancellationToken);
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
        _sentCleared = _history.Cleared;
        if (after > _cursor) after = 0; // an id of another database, which had more lines
        _cursor = after ?? _cursor;
        var changedMeanwhile = after is { } place ? _history.MayHaveChanged(place, filter) : [];
        events.WriteRetry(TimeSpan.FromSeconds(1));
        await SendChangedAsync([.. changedMeanwhile]);
    }

    private async Task TrySendNewsAsync()
    {
        try
        {
            if (database.IsReady()) await SendNewsAsync();
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            _notifier.NotifySoon(); // being written or replaced by another
        }

        SendStates();
        await events.SendAsync();
    }

    private async Task SendNewsAsync()
    {
        if (_generation != database.Generation)
        {
            (_generation, _cursor, _amendment, _sentCleared) = (database.Generation, 0, 0, ClearedLines.None);
            events.Write("reset", new { });
        }

        await SendUpdatesAsync();
        await SendLinesAsync();
        foreach (var (process, upTo) in _history.Cleared.ChangesSince(_sentCleared).Where(c => filter.Shows(c.Process)))
            events.Write("cleared", new ClearedEvent(process, upTo));
        _sentCleared = _history.Cleared;
    }

    private async Task SendUpdatesAsync()
    {
        (var amended, _amendment, var missed) = _history.AmendedAfter(_amendment, _cursor, MaxAmendments);
        if (missed) amended = _history.MayHaveChanged(_cursor, filter);
        await SendChangedAsync([.. amended.Where(line => filter.Shows(line.Process))]);
    }

    private async Task SendLinesAsync()
    {
        // Ids become visible in order, so all up to this one are there, whichever process they belong to.
        var last = _history.LastId();
        while (_cursor < last)
        {
            WriteLines(last, out var large);
            if (large is { } id)
            {
                await SendAloneAsync("line", id, large: true);
                _cursor = id;
            }

            if (events.IsFull) await events.SendAsync();
        }
    }

    // Keeps none of the lines that it has read: the reader may stand still when they are sent.
    private void WriteLines(long last, out long? large)
    {
        large = null;
        var page = _history.Between(_cursor, last + 1, filter, PageSize);
        foreach (var line in page)
        {
            if (events.IsFull) return;
            if (IsLarge(line))
            {
                large = line.Id;
                return;
            }

            events.Write("line", LineResponse.From(line), line.Id);
            _cursor = line.Id;
        }

        if (page.Count < PageSize) _cursor = last;
    }

    private async Task SendChangedAsync(List<OutputLine> lines)
    {
        foreach (var (id, large) in WriteChanged(lines)) await SendAloneAsync("amend", id, large);
    }

    // Returns those that did not fit.
    private List<(long Id, bool IsLarge)> WriteChanged(List<OutputLine> lines)
    {
        var later = new List<(long, bool)>();
        foreach (var line in lines)
            if (later.Count > 0 || events.IsFull || IsLarge(line)) later.Add((line.Id, IsLarge(line)));
            else events.Write("amend", LineResponse.From(line));
        lines.Clear();
        return later;
    }

    // Reads the line again; it may have been deleted or cleared in the meantime.
    private async Task SendAloneAsync(string name, long id, bool large)
    {
        if (large || events.IsFull) await events.SendAsync();
        if (large) await Large.WaitAsync(cancellationToken);
        try
        {
            if (_history.Between(id - 1, id + 1, filter, 1) is [var line]) events.Write(name, LineResponse.From(line), name == "line" ? id : null);
            if (large) await events.SendAsync();
        }
        finally
        {
            if (large) Large.Release();
        }
    }

    private static bool IsLarge(OutputLine line) =>
        Encoding.UTF8.GetByteCount(line.Content.Text) * 2 + line.Content.Runs.Length * MarkupOfStyle > EventWriter.MostOfOneLine;

    private void SendStates()
    {
        if (_state is not { } state) return;
        var changed = state.Processes.Where(p => filter.Shows(p.Name)).Select(p => KeyValuePair.Create(p.Name, p.State.ToText()))
            .Where(now => _sentStates.GetValueOrDefault(now.Key) != now.Value).ToDictionary();
        foreach (var (process, status) in changed) _sentStates[process] = status;
        if (changed.Count > 0) events.Write("status", changed);
    }

    private async Task WatchStatesAsync(CancellationToken end)
    {
        try
        {
            await foreach (var snapshot in states.WatchAsync(end))
            {
                _state = snapshot;
                _notifier.Notify();
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the stream ends
        }
    }
}

/// <summary>Lines of a process up to an id are gone; after an undo the id is lower, and what is back can be asked for.</summary>
internal sealed record ClearedEvent(string Process, long UpTo);
