namespace OvermindGui.Core.Timing;

/// <summary>
/// Calls subscribers at a fixed interval. With a timer for each, an idle process would wake for each of them, and each time three threads of
/// the pool; so one thread wakes and calls all, and only what has found something wakes another. Without subscribers there is no thread. The
/// interval is real time, whatever clock a test sets.
/// </summary>
internal sealed class Beat(TimeSpan interval)
{
    // They take turns: when a look does not return, because of a file that does not answer, the other thread goes on with the rest.
    private const int Threads = 2;

    private readonly Lock _gate = new();
    private readonly List<Subscription> _subscriptions = [];
    private int _threads;
    private long _next;

    /// <inheritdoc cref="Heartbeat.Each"/>
    public IDisposable Each(Action look)
    {
        var subscription = new Subscription(this, look);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            for (; _threads < Threads; _threads++) new Thread(Run) { IsBackground = true, Name = "heartbeat" }.Start();
        }

        return subscription;
    }

    /// <inheritdoc cref="Heartbeat.UntilAsync"/>
    public async Task UntilAsync(Func<bool> isDue, CancellationToken cancellationToken)
    {
        var due = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var looking = Each(() =>
        {
            try
            {
                if (!due.Task.IsCompleted && isDue()) due.TrySetResult();
            }
            catch (Exception e)
            {
                due.TrySetException(e);
            }
        });
        await due.Task.WaitAsync(cancellationToken);
    }

    private void Run()
    {
        while (WaitForNext() is { Count: > 0 } subscriptions)
            foreach (var subscription in subscriptions) subscription.Look();
    }

    // Waits for the next beat that no other thread has taken. None when there is nothing to look at: the thread ends.
    private List<Subscription> WaitForNext()
    {
        TimeSpan wait;
        lock (_gate)
        {
            _next = Math.Max(_next, Environment.TickCount64) + (long)interval.TotalMilliseconds;
            wait = TimeSpan.FromMilliseconds(_next - Environment.TickCount64);
        }

        Thread.Sleep(wait);
        lock (_gate)
        {
            if (_subscriptions.Count == 0) _threads--;
            return [.. _subscriptions];
        }
    }

    private sealed class Subscription(Beat beat, Action look) : IDisposable
    {
        // A look at a file that does not answer keeps neither the others nor the end waiting.
        private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

        private readonly Lock _turn = new();
        private volatile bool _isDisposed;

        public void Look()
        {
            if (!_turn.TryEnter()) return;
            try
            {
                if (!_isDisposed) look();
            }
            finally
            {
                _turn.Exit();
            }
        }

        public void Dispose()
        {
            _isDisposed = true;
            lock (beat._gate) beat._subscriptions.Remove(this);
            if (_turn.TryEnter(LongestLook)) _turn.Exit();
        }
    }
}
