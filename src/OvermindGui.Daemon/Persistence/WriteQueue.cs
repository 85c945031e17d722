using System.Threading.Channels;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// All that the daemon stores passes here, so that a run's end stands behind its last line. Bounded in bytes and in lines, and it waits: a
/// flooding child blocks on its own pipe instead of filling our memory, nothing is dropped, and a daemon that is killed loses little.
/// </summary>
internal sealed class WriteQueue
{
    // An item is at most one read of a stream (64 KiB), so this is a bound in bytes too.
    private const int Capacity = 64;

    private readonly Channel<WriteItem> _items = Channel.CreateBounded<WriteItem>(new BoundedChannelOptions(Capacity)
    {
        FullMode = BoundedChannelFullMode.Wait,
        SingleReader = true,
        SingleWriter = false,
        AllowSynchronousContinuations = false,
    });

    private readonly InFlightLimit _unstored = new();

    public ChannelReader<WriteItem> Reader => _items.Reader;

    /// <summary>Waits for its place in the queue; and then, with lines, until no more than a batch is unstored.</summary>
    public async ValueTask EnqueueAsync(WriteItem item, CancellationToken cancellationToken = default)
    {
        if (item is LineBatch batch) _unstored.Add(batch);
        if (!_items.Writer.TryWrite(item))
        {
            _unstored.EndRest();
            await _items.Writer.WriteAsync(item, cancellationToken);
        }

        if (item is LineBatch) await _unstored.RoomAsync().WaitAsync(cancellationToken);
    }

    /// <summary>Stores one item and waits until that is done. A database that cannot be written must hold up nobody's end, so this wait ends with the token.</summary>
    public async Task StoreAsync(WriteItem item, CancellationToken cancellationToken)
    {
        var barrier = new Barrier(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await EnqueueAsync(item, cancellationToken);
        await EnqueueAsync(barrier, cancellationToken);
        await barrier.Reached.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when so much waits that the writer must not: a reader stops for want of room, or is about to.</summary>
    public Task EnoughAsync() => _unstored.EnoughAsync();

    /// <summary>Nothing more will come; the writer ends when it has stored what waits.</summary>
    public void Complete() => _items.Writer.TryComplete();
}
