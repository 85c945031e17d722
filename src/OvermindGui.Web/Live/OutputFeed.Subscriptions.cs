using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;

namespace OvermindGui.Web.Live;

public sealed partial class OutputFeed
{
    private readonly Lock _gate = new();
    private readonly LineRing _ring = new(RingSize);
    private readonly List<OutputSubscription> _subscriptions = [];
    private int _generation;

    /// <summary>The newest lines and, without a hole or a repetition between, all that follow.</summary>
    /// <param name="former">
    /// The subscription that this one takes the place of: it ends, and changes that still wait there, of lines that the ring may no
    /// longer hold, wait here.
    /// </param>
    public OutputSubscription Subscribe(OutputSubscription? former = null)
    {
        lock (_gate)
        {
            var subscription = new OutputSubscription(_ring.ToArray(), _generation, Unsubscribe);
            if (former is not null && _subscriptions.Remove(former)) subscription.Post([], former.TakeAmended());
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>How many of the newest lines of some processes there are of each level.</summary>
    public LevelCounts CountLevels(ProcessFilter processes)
    {
        RenderedLine[] lines;
        lock (_gate) lines = _ring.ToArray();
        Span<int> counts = stackalloc int[LineLevels.All.Count];
        foreach (var line in lines)
            if (processes.Shows(line.Process)) counts[(int)line.Level]++;
        return new LevelCounts(
            counts[(int)LineLevel.Error], counts[(int)LineLevel.Warn], counts[(int)LineLevel.Info], counts[(int)LineLevel.Debug], counts[(int)LineLevel.None]);
    }

    private void Unsubscribe(OutputSubscription subscription)
    {
        lock (_gate) _subscriptions.Remove(subscription);
    }

    private void Publish(RenderedLine[] lines, RenderedLine[] amended)
    {
        lock (_gate)
        {
            foreach (var line in lines) _ring.Add(line);
            foreach (var line in amended) _ring.Replace(line);
            foreach (var subscription in _subscriptions) subscription.Post(lines, amended);
        }
    }

    /// <summary>Completes all subscriptions, because a new database, a clearing or missed changes made what they show wrong.</summary>
    private void StartOver(IEnumerable<RenderedLine> lines, int generation)
    {
        lock (_gate)
        {
            _generation = generation;
            _ring.Clear();
            foreach (var line in lines) _ring.Add(line);
            foreach (var subscription in _subscriptions) subscription.Complete();
            _subscriptions.Clear();
        }
    }
}
