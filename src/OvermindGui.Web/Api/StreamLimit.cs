namespace OvermindGui.Web.Api;

/// <summary>
/// Limits the number of open streams over all clients: each costs a buffer and a connection. When many have ended, what they used is given
/// back to the system: the dashboard may do nothing for hours then, and the runtime returns memory only when it collects garbage.
/// </summary>
internal sealed class StreamLimit(TimeProvider time)
{
    public const int Most = 256;

    private const int Many = 16;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private int _open;
    private int _peak;

    /// <summary>Null when no more may be open; disposed when the stream ends.</summary>
    public IDisposable? TryEnter()
    {
        var open = Interlocked.Increment(ref _open);
        if (open <= Most)
        {
            if (open > Volatile.Read(ref _peak)) Volatile.Write(ref _peak, open);
            return new Entry(this);
        }

        Interlocked.Decrement(ref _open);
        return null;
    }

    private async Task ReturnMemoryAsync()
    {
        await Task.Delay(Quiet, time);
        if (Volatile.Read(ref _open) < Many) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) < Many && Interlocked.Exchange(ref _peak, 0) >= Many) _ = ReturnMemoryAsync();
    }

    private sealed class Entry(StreamLimit limit) : IDisposable
    {
        public void Dispose() => limit.Leave();
    }
}
