using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OvermindGui.Web.Live;

/// <summary>
/// One reader of the <see cref="OutputFeed"/>. A slow reader loses old lines, but never the change of a line: a line it still shows
/// would stay wrong.
/// </summary>
public sealed class OutputSubscription : IDisposable
{
    /// <summary>A slow reader keeps this many lines; then the oldest batches go. Their ids are then missing, which the reader sees as a gap.</summary>
    private const int WaitingLines = 16 * OutputFeed.LinesPerTick;

    private readonly Action<OutputSubscription> _unsubscribe;

    private readonly Channel<bool> _notifier = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
        AllowSynchronousContinuations = false,
    });

    private readonly Lock _gate = new();
    private readonly Queue<RenderedLine[]> _lines = new();
    private readonly Dictionary<long, RenderedLine> _amended = [];
    private int _waiting; // lines

    internal OutputSubscription(IReadOnlyList<RenderedLine> snapshot, int generation, Action<OutputSubscription> unsubscribe) =>
        (Snapshot, Generation, _unsubscribe) = (snapshot, generation, unsubscribe);

    /// <summary>The newest lines at the moment of subscription.</summary>
    public IReadOnlyList<RenderedLine> Snapshot { get; }

    /// <summary>
    /// Differs from that of another subscription when the database was replaced between them, so that ids mean other lines, or output was
    /// cleared, so that lines are gone.
    /// </summary>
    public int Generation { get; }

    /// <summary>Whether the feed has ended the subscription, so that changes may be missing.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>
    /// Returns what has changed; everything that is pending forms one batch. Ends when the database was replaced, output was cleared or
    /// changes of lines were missed. The reader may then show wrong lines and must subscribe again.
    /// </summary>
    public async IAsyncEnumerable<FeedBatch> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _notifier.Reader.WaitToReadAsync(cancellationToken))
        {
            _notifier.Reader.TryRead(out _);
            if (Take() is { IsEmpty: false } batch) yield return batch;
        }
    }

    public void Dispose() => _unsubscribe(this);

    internal void Post(RenderedLine[] lines, IReadOnlyCollection<RenderedLine> amended)
    {
        lock (_gate)
        {
            if (lines.Length > 0) _lines.Enqueue(lines);
            for (_waiting += lines.Length; _waiting > WaitingLines;) _waiting -= _lines.Dequeue().Length;
            foreach (var line in amended) _amended[line.Id] = line;
            if (_amended.Count > OutputFeed.RingSize)
            {
                // Starting over is cheaper for the reader, and an idle reader must not grow the process.
                _amended.Clear();
                Complete();
            }
        }

        _notifier.Writer.TryWrite(true);
    }

    internal void Complete()
    {
        lock (_gate) HasEnded = true;
        _notifier.Writer.TryComplete();
    }

    internal RenderedLine[] TakeAmended()
    {
        lock (_gate)
        {
            RenderedLine[] amended = [.. _amended.Values];
            _amended.Clear();
            return amended;
        }
    }

    private FeedBatch Take()
    {
        lock (_gate)
        {
            // One that was amended while it waited is no amendment for a reader that never saw it.
            RenderedLine[] lines = [.. _lines.SelectMany(batch => batch).Select(line => _amended.Remove(line.Id, out var now) ? now : line)];
            _lines.Clear();
            _waiting = 0;
            return new FeedBatch(lines, TakeAmended());
        }
    }
}
