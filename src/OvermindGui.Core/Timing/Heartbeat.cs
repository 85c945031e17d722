namespace OvermindGui.Core.Timing;

/// <summary>One <see cref="Beat"/> a second, for everything in a process that looks at something regularly.</summary>
public static class Heartbeat
{
    /// <summary>The time between two beats.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly Beat Second = new(Interval);

    /// <summary>Calls something at each beat, until disposed; it is not called any more once that returns. It must be quick and must not throw.</summary>
    public static IDisposable Each(Action look) => Second.Each(look);

    /// <summary>Completes at the first beat at which something is due.</summary>
    /// <param name="isDue">Must be quick: a look at a few files, not at what they contain. What it throws is thrown here.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public static Task UntilAsync(Func<bool> isDue, CancellationToken cancellationToken) => Second.UntilAsync(isDue, cancellationToken);

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
}
