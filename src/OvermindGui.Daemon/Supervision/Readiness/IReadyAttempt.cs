namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>One look at whether a process is ready. It may be taken again and again, one at a time.</summary>
internal interface IReadyAttempt
{
    /// <summary>Null when ready, otherwise a readable reason. Leaves nothing running when it returns or is cancelled.</summary>
    Task<string?> LookAsync(CancellationToken cancellationToken);
}
