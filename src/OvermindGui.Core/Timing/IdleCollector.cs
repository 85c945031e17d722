namespace OvermindGui.Core.Timing;

/// <summary>
/// Gives memory back to the system once a busy time is over. The collector by itself waits for more allocations, which an idle program does not
/// make: what a start, a page or a flood of output has left behind would stay.
/// </summary>
public sealed class IdleCollector
{
    private const long Busy = 1 << 20; // bytes allocated between two beats
    private const long Worthwhile = 16 << 20;
    private const int QuietBeats = 10;

    private long _last;
    private long _collected;
    private int _quiet;

    /// <summary>Looks at each beat, until disposed.</summary>
    public static IDisposable Begin()
    {
        var collector = new IdleCollector();
        return Heartbeat.Each(() =>
        {
            if (!collector.IsDue(GC.GetTotalAllocatedBytes())) return;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        });
    }

    /// <summary>Whether to collect now: much was allocated since the last time, and little for some seconds.</summary>
    /// <param name="allocated">All bytes that were allocated so far.</param>
    internal bool IsDue(long allocated)
    {
        _quiet = allocated - _last < Busy ? _quiet + 1 : 0;
        _last = allocated;
        if (_quiet < QuietBeats || allocated - _collected < Worthwhile) return false;
        _collected = allocated;
        return true;
    }
}
