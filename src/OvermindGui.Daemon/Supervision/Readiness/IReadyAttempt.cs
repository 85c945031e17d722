namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>One look at whether a process is ready. It may be taken again and again, one at a time.</summary>
internal interface IReadyAttempt
{
    /// <summary>Null when it is ready, and else why not, for people. What it began is over when it returns, also by cancellation.</summary>
    Task<string?> LookAsync(CancellationToken cancellationToken);
}
