namespace OvermindGui.Daemon.Tests.Support;

/// <summary>
/// A clock on which the long waits, a second and more, last until a test skips them. Short ones pass as they do, but the time of day stands
/// still meanwhile: what is due in a second is so on the slowest machine.
/// </summary>
internal sealed class SkippableTime : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;
    private readonly List<Standing> _standing = [];
    private TimeSpan _skipped;
    private TimeSpan _set;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _start + _skipped + _set;
    }

    public override long GetTimestamp()
    {
        lock (_gate) return base.GetTimestamp() + (long)(_skipped.TotalSeconds * TimestampFrequency);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Long) return base.CreateTimer(callback, state, dueTime, period);
        var timer = new Standing(this, () => callback(state), dueTime);
        lock (_gate) _standing.Add(timer);
        return timer;
    }

    /// <summary>The clock is set: no time passes, it only shows another.</summary>
    public void Set(TimeSpan by)
    {
        lock (_gate) _set += by;
    }

    /// <summary>Moves the clock on, and ends the long waits that are over then.</summary>
    public void Skip(TimeSpan by)
    {
        List<Standing> over;
        lock (_gate)
        {
            _skipped += by;
            _standing.ForEach(t => t.Left -= by);
            over = _standing.FindAll(t => t.Left <= TimeSpan.Zero);
            _standing.RemoveAll(over.Contains);
        }

        over.ForEach(t => t.End());
    }

    private sealed class Standing(SkippableTime clock, Action end, TimeSpan left) : ITimer
    {
        public TimeSpan Left { get; set; } = left;

        public Action End => end;

        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            lock (clock._gate) clock._standing.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
