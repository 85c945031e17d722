namespace OvermindGui.Core.Timing;

/// <summary>
/// One beat a second, for everything in a process that looks at something regularly. With a timer for each, an idle process would wake once
/// for each of them; so it wakes once, and not at all while nothing waits for a beat. It follows the real time, whatever clock a test sets.
/// </summary>
public static class Heartbeat
{
    /// <summary>The time between two beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly Lock Gate = new();
    private static readonly List<Subscription> Subscriptions = [];
    private static readonly Timer Timer = new(_ => Beat());
    private static TaskCompletionSource? _next;
    private static bool _isRunning;

    /// <summary>Calls something at each beat, until disposed. It must be quick and must not throw.</summary>
    public static IDisposable Each(Action look)
    {
        var subscription = new Subscription(look);
        lock (Gate)
        {
            Subscriptions.Add(subscription);
            Run();
        }

        return subscription;
    }

    /// <summary>Completes at the next beat.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task NextAsync(CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Run();
            return _next.Task.WaitAsync(cancellationToken);
        }
    }

    private static void Run()
    {
        if (_isRunning) return;
        _isRunning = Timer.Change(Interval, Interval);
    }

    private static void Beat()
    {
        TaskCompletionSource? next;
        Subscription[] subscriptions;
        lock (Gate)
        {
            (next, _next) = (_next, null);
            subscriptions = [.. Subscriptions];
            if (next is null && subscriptions.Length == 0) _isRunning = !Timer.Change(Timeout.Infinite, Timeout.Infinite);
        }

        foreach (var subscription in subscriptions) subscription.Look();
        next?.SetResult();
    }

    private sealed class Subscription(Action look) : IDisposable
    {
        public Action Look => look;

        public void Dispose()
        {
            lock (Gate) Subscriptions.Remove(this);
        }
    }
}
