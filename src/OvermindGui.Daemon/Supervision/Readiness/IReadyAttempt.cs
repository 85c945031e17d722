namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>A single check whether a process is ready. It can be repeated, but not run concurrently.</summary>
internal interface IReadyAttempt
{
    /// <summary>Null when ready, otherwise a readable reason. Leaves nothing running when it returns or is cancelled.</summary>
    Task<string?> LookAsync(CancellationToken cancellationToken);
}
