namespace OvermindGui.Web.Live;

public sealed partial class OutputFeed
{
    private readonly Lock _gate = new();
    private readonly Queue<RenderedLine> _ring = new(RingSize);
    private readonly List<OutputSubscription> _subscriptions = [];

    /// <summary>The newest lines and, without a hole or a repetition between, all that follow.</summary>
    public OutputSubscription Subscribe()
    {
        lock (_gate)
        {
            var subscription = new OutputSubscription([.. _ring], Unsubscribe);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    private void Unsubscribe(OutputSubscription subscription)
    {
        lock (_gate) _subscriptions.Remove(subscription);
    }

    private void Publish(RenderedLine[] lines)
    {
        lock (_gate)
        {
            Keep(lines);
            foreach (var subscription in _subscriptions) subscription.Post(lines);
        }
    }

    /// <summary>Another database: what subscribers show is no longer true. They are completed and subscribe anew.</summary>
    private void StartOver(IEnumerable<RenderedLine> lines)
    {
        lock (_gate)
        {
            _ring.Clear();
            Keep(lines);
            foreach (var subscription in _subscriptions) subscription.Complete();
            _subscriptions.Clear();
        }
    }

    private void Keep(IEnumerable<RenderedLine> lines)
    {
        foreach (var line in lines)
        {
            if (_ring.Count == RingSize) _ring.Dequeue();
            _ring.Enqueue(line);
        }
    }
}
