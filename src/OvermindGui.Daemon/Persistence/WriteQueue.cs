using System.Threading.Channels;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Everything that the daemon stores passes through this queue, so that the end of a run follows its last line. Records of the daemon
/// never wait: a stop needs no database. Captured output waits when too much of it is in flight: a flooding child blocks on its own
/// pipe instead of filling our memory, no line is dropped, and a killed daemon loses little.
/// </summary>
internal sealed class WriteQueue
{
    // With SingleReader a second wait would cancel the first; the writer may leave one pending while it waits for the database.
    private readonly Channel<WriteItem> _items = Channel.CreateUnbounded<WriteItem>();
    private readonly InFlightLimit _inFlight = new();
    private long _outputChanges;

    public ChannelReader<WriteItem> Reader => _items.Reader;

    /// <summary>Called with captured output before it is queued, by the threads that read it; must not wait.</summary>
    public Action<LineBatch>? LinesObserved { get; set; }

    /// <summary>Queues an item without waiting. After <see cref="Complete"/> items are ignored.</summary>
    public void Enqueue(WriteItem item)
    {
        if (item is LineBatch or LineDeletion) Interlocked.Increment(ref _outputChanges);
        _items.Writer.TryWrite(item);
    }

    /// <summary>Another number when lines were added, changed or deleted.</summary>
    public long OutputChanges => Volatile.Read(ref _outputChanges);

    /// <summary>Takes captured output, and completes when its reader may read on.</summary>
    public Task EnqueueCapturedAsync(LineBatch lines)
    {
        LinesObserved?.Invoke(lines);
        _inFlight.Add(lines);
        Enqueue(lines);
        return _inFlight.RoomAsync();
    }

    /// <summary>Stores one item and waits until that is done, or the token ends the wait.</summary>
    public async Task StoreAsync(WriteItem item, CancellationToken cancellationToken)
    {
        Enqueue(item);
        await StoredAsync(cancellationToken);
    }

    /// <summary>Completes once everything before it can be read by others, or the token ends the wait.</summary>
    public Task StoredAsync(CancellationToken cancellationToken)
    {
        var barrier = new Barrier(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Enqueue(barrier);
        return barrier.Reached.Task.WaitAsync(cancellationToken);
    }

    /// <summary>So much waits that the writer has enough to do: a flood.</summary>
    public bool HasEnough => _inFlight.HasEnough;

    /// <summary>Completes when so much waits that the writer must not: a reader stops for want of room, or is about to.</summary>
    public Task EnoughAsync() => _inFlight.EnoughAsync();

    /// <summary>Nothing more will come; the writer ends when it has stored what waits.</summary>
    public void Complete() => _items.Writer.TryComplete();
}
