namespace OvermindGui.Daemon.Supervision;

/// <summary>How long an ending may take.</summary>
/// <param name="Timeout">From SIGTERM to SIGKILL.</param>
/// <param name="KillTimeout">From SIGKILL to giving up on what the kernel does not let go.</param>
internal sealed record StopPolicy(TimeSpan Timeout, TimeSpan KillTimeout)
{
    public static StopPolicy Default { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));
}
