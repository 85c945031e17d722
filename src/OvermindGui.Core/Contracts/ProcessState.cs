namespace OvermindGui.Core.Contracts;

/// <summary>What a process is doing. Stored and shown by its lower-case name.</summary>
public enum ProcessState
{
    /// <summary>Not known: no daemon is alive to say.</summary>
    Unknown,

    /// <summary>A start was asked for; there is no PID yet.</summary>
    Starting,

    Running,

    /// <summary>A stop was asked for; the process has not ended yet.</summary>
    Stopping,

    /// <summary>Ended, or never started, on purpose.</summary>
    Stopped,

    /// <summary>Ended by itself. Whether that was a failure, the exit code says.</summary>
    Dead,

    /// <summary>To be started once what it depends on is there.</summary>
    Waiting,

    /// <summary>Ended by itself; it is started again after a pause.</summary>
    Restarting,

    /// <summary>Stopped because its output matched a failure declaration. It may be started again by itself, or stay so.</summary>
    Broken,
}

public static class ProcessStates
{
    /// <summary>The stored and printed form: <c>running</c>, <c>stopped</c>, …</summary>
    public static string ToText(this ProcessState state) => state switch
    {
        ProcessState.Starting => "starting",
        ProcessState.Running => "running",
        ProcessState.Stopping => "stopping",
        ProcessState.Stopped => "stopped",
        ProcessState.Dead => "dead",
        ProcessState.Waiting => "waiting",
        ProcessState.Restarting => "restarting",
        ProcessState.Broken => "broken",
        _ => "unknown",
    };

    /// <summary>The reverse of <see cref="ToText"/>; anything else is <see cref="ProcessState.Unknown"/>.</summary>
    public static ProcessState Parse(string text) => text switch
    {
        "starting" => ProcessState.Starting,
        "running" => ProcessState.Running,
        "stopping" => ProcessState.Stopping,
        "stopped" => ProcessState.Stopped,
        "dead" => ProcessState.Dead,
        "waiting" => ProcessState.Waiting,
        "restarting" => ProcessState.Restarting,
        "broken" => ProcessState.Broken,
        _ => ProcessState.Unknown,
    };

    /// <summary>True while there is, or is about to be, a living process.</summary>
    public static bool IsUp(this ProcessState state) => state is ProcessState.Starting or ProcessState.Running or ProcessState.Stopping;
}
