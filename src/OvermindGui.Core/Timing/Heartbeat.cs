namespace OvermindGui.Core.Timing;

/// <summary>
/// One beat a second, for everything in a process that looks at something regularly. With a timer for each, an idle process would wake for each
/// of them, and each time three threads of the pool; so one thread wakes and looks at all there is to look at, and only what has found something
/// wakes another. Without anything to look at there is no beat. It follows the real time, whatever clock a test sets.
/// </summary>
public static class Heartbeat
{
    /// <summary>The time between two beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly Lock Gate = new();
    private static readonly List<Subscription> Subscriptions = [];

    // They take turns: when a look does not return, because of a file that does not answer, the other thread goes on with the rest.
    private const int Threads = 2;

    private static int _threads;
    private static long _nextBeat;

    /// <summary>Calls something at each beat, until disposed; it is not called any more once that returns. It must be quick and must not throw.</summary>
    public static IDisposable Each(Action look)
    {
        var subscription = new Subscription(look);
        lock (Gate)
        {
            Subscriptions.Add(subscription);
            for (; _threads < Threads; _threads++) new Thread(Run) { IsBackground = true, Name = "heartbeat" }.Start();
        }

        return subscription;
    }

    /// <summary>Completes at the first beat at which something is due.</summary>
    /// <param name="isDue">Must be quick: a look at a few files, not at what they contain. What it throws is thrown here.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static async Task UntilAsync(Func<bool> isDue, CancellationToken cancellationToken)
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

    /// <summary>Completes at the next beat.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task NextAsync(CancellationToken cancellationToken) => UntilAsync(() => true, cancellationToken);

    /// <summary>Completes at the beat that is nearest to the end of a time: what need not be exact wakes nothing of its own.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task AfterAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        return UntilAsync(() => time.GetElapsedTime(started) >= wait - Interval / 2, cancellationToken);
    }

    private static void Run()
    {
        while (FindSubscriptions() is { Count: > 0 } subscriptions)
            foreach (var subscription in subscriptions) subscription.Look();
    }

    // At the next beat that no other thread has taken. None when there is nothing to look at: the thread ends.
    private static List<Subscription> FindSubscriptions()
    {
        TimeSpan wait;
        lock (Gate)
        {
            _nextBeat = Math.Max(_nextBeat, Environment.TickCount64) + (long)Interval.TotalMilliseconds;
            wait = TimeSpan.FromMilliseconds(_nextBeat - Environment.TickCount64);
        }

        Thread.Sleep(wait);
        lock (Gate)
        {
            if (Subscriptions.Count == 0) _threads--;
            return [.. Subscriptions];
        }
    }

    private sealed class Subscription(Action look) : IDisposable
    {
        // Who looks at a file that does not answer keeps neither the others nor the end waiting.
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
            lock (Gate) Subscriptions.Remove(this);
            if (_turn.TryEnter(LongestLook)) _turn.Exit();
        }
    }
}
