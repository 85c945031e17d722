namespace OvermindGui.Web.Tests.Support;

/// <summary>A clock that stands still until moved, and counts how often it was asked.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long _now;
    private long _asked;

    /// <summary>How often it was looked at.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        var now = Interlocked.Read(ref _now); // first: who sees the count may move the clock
        Interlocked.Increment(ref _asked);
        return now;
    }

    public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
}
