namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>How the wait for a process to be ready ended.</summary>
/// <param name="Problem">Why it is not ready, for people: <c>not ready after 60 s; localhost:80: Connection refused</c>. Null when it is.</param>
internal sealed record ReadyResult(string? Problem)
{
    public static ReadyResult Ready { get; } = new((string?)null);

    public bool IsReady => Problem is null;
}
