namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>The result of the wait for a process to become ready.</summary>
/// <param name="Problem">Readable reason, such as <c>not ready after 60 s; localhost:80: Connection refused</c>. Null when ready.</param>
internal sealed record ReadyResult(string? Problem)
{
    public static ReadyResult Ready { get; } = new((string?)null);

    public bool IsReady => Problem is null;
}
