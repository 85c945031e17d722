namespace OvermindGui.Daemon.Supervision;

/// <summary>Lets tasks wait for a condition that other tasks change.</summary>
internal sealed class StateSignal(TimeProvider time)
{
    private TaskCompletionSource _next = New();

    /// <summary>Wakes the waiting tasks: their condition may have become true.</summary>
    public void NotifyChanged() => Interlocked.Exchange(ref _next, New()).SetResult();

    /// <summary>Waits for the condition; false after the timeout, which may be infinite.</summary>
    public async Task<bool> WaitUntilAsync(Func<bool> condition, TimeSpan timeout)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (condition()) return true;
            if (timeout == Timeout.InfiniteTimeSpan)
            {
                await next;
                continue;
            }

            var rest = timeout - time.GetElapsedTime(started);
            if (rest <= TimeSpan.Zero) return false;
            using var over = new CancellationTokenSource(); // a timer that is left behind wakes the program for nothing
            await Task.WhenAny(next, Task.Delay(rest, time, over.Token));
            await over.CancelAsync();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
