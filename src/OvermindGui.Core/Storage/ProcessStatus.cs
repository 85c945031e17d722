namespace OvermindGui.Core.Storage;

/// <summary>The current state of one Procfile entry, as the daemon last wrote it.</summary>
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

    /// <summary>Exit code of the last run, 128+n for a death by signal n; null while it is up or when it never ran.</summary>
    public int? ExitCode { get; set; }

    /// <summary>When it is started again, Unix seconds; null when nobody will.</summary>
    public double? RestartAt { get; set; }

    /// <summary>Its name in the Procfile: <c>web</c> for the instance <c>web#2</c>.</summary>
    public string? Entry { get; set; }

    /// <summary>1-based number among the instances of its entry.</summary>
    public int? Instance { get; set; }

    /// <summary>Value of its PORT; null when it has none.</summary>
    public int? Port { get; set; }

    /// <summary>Processes with the same text here are shown together.</summary>
    public string? ProcessGroup { get; set; }

    /// <summary>What happens when it ends by itself, for people.</summary>
    public string? Rule { get; set; }

    /// <summary>Why it is in its state, for people; null when the state says it all.</summary>
    public string? Reason { get; set; }

    /// <summary>Ends by itself in a row that led, or will lead, to a restart.</summary>
    public int? Crashes { get; set; }

    /// <summary>Whether its ready check has passed in this run; null when it has none or does not run.</summary>
    public bool? Ready { get; set; }
}
