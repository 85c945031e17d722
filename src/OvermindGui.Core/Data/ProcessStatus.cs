namespace OvermindGui.Core.Data;

/// <summary>The current state of one Procfile entry, as the daemon last wrote it.</summary>
public sealed class ProcessStatus
{
    public required string ProcessName { get; init; }

    /// <summary>Lower-case name of a <see cref="Processes.ProcessState"/>.</summary>
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

    /// <summary>When a broken process is started again, Unix seconds; null when nobody will.</summary>
    public double? RestartAt { get; set; }
}
