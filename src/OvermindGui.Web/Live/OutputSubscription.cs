using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OvermindGui.Web.Live;

/// <summary>One reader of the <see cref="OutputFeed"/>.</summary>
public sealed class OutputSubscription : IDisposable
{
    /// <summary>A slow reader keeps this many batches; then the oldest go. Their ids are then missing, which the reader sees as a gap.</summary>
    private const int WaitingBatches = 16;

    private readonly Action<OutputSubscription> _unsubscribe;

    private readonly Channel<RenderedLine[]> _batches = Channel.CreateBounded<RenderedLine[]>(new BoundedChannelOptions(WaitingBatches)
    {
        FullMode = BoundedChannelFullMode.DropOldest,
        SingleReader = true,
        SingleWriter = true,
        AllowSynchronousContinuations = false,
    });

    internal OutputSubscription(IReadOnlyList<RenderedLine> snapshot, Action<OutputSubscription> unsubscribe) =>
        (Snapshot, _unsubscribe) = (snapshot, unsubscribe);

    /// <summary>The newest lines at the moment of subscription.</summary>
    public IReadOnlyList<RenderedLine> Snapshot { get; }

    /// <summary>What came since, in id order; all that waits is one batch. Ends when the database was replaced: subscribe anew.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RenderedLine>> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _batches.Reader.WaitToReadAsync(cancellationToken))
        {
            if (!_batches.Reader.TryRead(out var first)) continue;
            if (!_batches.Reader.TryRead(out var next))
            {
                yield return first;
                continue;
            }

            var merged = new List<RenderedLine>(first);
            do merged.AddRange(next);
            while (_batches.Reader.TryRead(out next));
            yield return merged;
        }
    }

    public void Dispose() => _unsubscribe(this);

    internal void Post(RenderedLine[] lines) => _batches.Writer.TryWrite(lines);

    internal void Complete() => _batches.Writer.TryComplete();
}
