namespace OvermindGui.Core.Storage;

/// <summary>The current state of a process, as last written by the daemon.</summary>
public sealed class ProcessStatus
{
    public required string ProcessName { get; init; }

    /// <summary>Lower-case name of a <see cref="Contracts.ProcessState"/>.</summary>
    public required string Status { get; set; }

    public int? Pid { get; set; }

    /// <summary>Unix seconds.</summary>
    public double UpdatedAt { get; set; }

    /// <summary>0-based position in the Procfile; decides order and colour.</summary>
    public int Position { get; init; }

    public required string Command { get; init; }

    /// <summary>The current or last run.</summary>
    public long? RunId { get; set; }

    /// <summary>Start of the current or last run, Unix seconds.</summary>
    public double? StartedAt { get; set; }

    /// <summary>Exit code of the last run, 128+n for a death by signal n; null while it is running or if it has never run.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Time of the next automatic restart, Unix seconds; null when none is scheduled.</summary>
    public double? RestartAt { get; set; }

    /// <summary>The name in the Procfile: <c>web</c> for the instance <c>web#2</c>.</summary>
    public string? Entry { get; set; }

    /// <summary>1-based number among the instances of its entry.</summary>
    public int? Instance { get; set; }

    /// <summary>Value of its PORT; null when it has none.</summary>
    public int? Port { get; set; }

    /// <summary>Ports on which it listens, such as <c>3000 5353/udp</c>; null for none, and when it is not running.</summary>
    public string? Listening { get; set; }

    /// <summary>Processes with the same text here are shown together.</summary>
    public string? ProcessGroup { get; set; }

    /// <summary>Message about what happens when it ends unexpectedly.</summary>
    public string? Rule { get; set; }

    /// <summary>Message about the reason for its state; null when there is nothing to add.</summary>
    public string? Reason { get; set; }

    /// <summary>Number of consecutive unrequested ends that led, or will lead, to a restart.</summary>
    public int? Crashes { get; set; }

    /// <summary>Whether its ready check has passed in this run; null without a check, or when it is not running.</summary>
    public bool? Ready { get; set; }

    /// <summary>Whether its liveness check passes; null without a check, or when it is not running.</summary>
    public bool? Healthy { get; set; }

    /// <summary>Lower-case name of an <see cref="Contracts.InputWait"/>; null while it does not wait for input.</summary>
    public string? WaitingForInput { get; set; }

    /// <summary>Who is attached to its terminal, one name per line; null for none.</summary>
    public string? Attached { get; set; }

    /// <summary>When its schedule starts it next, Unix seconds; null without a schedule.</summary>
    public double? NextRun { get; set; }
}
