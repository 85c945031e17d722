namespace OvermindGui.Core.Application;

/// <summary>Limits the number of concurrent waiting calls: each holds a watch on the database.</summary>
public sealed class ParallelWaits
{
    /// <summary>Maximum number of concurrent waits.</summary>
    public const int Most = 16;

    private int _waiting;

    /// <exception cref="RequestException">Too many calls are already waiting.</exception>
    public IDisposable Enter()
    {
        if (Interlocked.Increment(ref _waiting) <= Most) return new Turn(this);
        Interlocked.Decrement(ref _waiting);
        throw new RequestException(RequestException.BusyCode, $"{Most} calls wait already; let one of them end first");
    }

    private sealed class Turn(ParallelWaits waits) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref waits._waiting);
    }
}
