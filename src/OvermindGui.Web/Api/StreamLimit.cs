namespace OvermindGui.Web.Api;

/// <summary>Limits the number of open streams over all clients: each costs a buffer and a connection.</summary>
internal sealed class StreamLimit
{
    public const int Most = 256;

    private int _open;

    /// <summary>Null when no more may be open; disposed when the stream ends.</summary>
    public IDisposable? TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= Most) return new Entry(this);
        Interlocked.Decrement(ref _open);
        return null;
    }

    private sealed class Entry(StreamLimit limit) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref limit._open);
    }
}
