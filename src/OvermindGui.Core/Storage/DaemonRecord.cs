namespace OvermindGui.Core.Storage;

/// <summary>One run of a daemon on this folder. The newest row is the current or the last one.</summary>
public sealed class DaemonRecord
{
    public long Id { get; init; }

    public required int Pid { get; init; }

    /// <summary><c>native</c> or <c>overmind</c>.</summary>
    public required string Mode { get; init; }

    public required string Version { get; init; }

    public required string WorkingDirectory { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double StartedAt { get; init; }

    /// <summary>Unix seconds; null while it is running, and permanently if it was killed.</summary>
    public double? EndedAt { get; set; }

    /// <summary>Procfile lines that could not be used, one per text line; null when all could.</summary>
    public string? ProcfileProblems { get; init; }

    /// <summary>Warning about the start, such as a damaged database that was set aside; null when there is none.</summary>
    public string? Warning { get; init; }

    /// <summary>
    /// The options that the plan is based on (flags and scaling), as JSON. Other programs use them to compute the same plan.
    /// </summary>
    public string? Options { get; set; }

    /// <summary>Maximum number of seconds for stopping any process, from the known stop timeouts.</summary>
    public double? StopLimit { get; set; }

    /// <summary>What a reload would change, as the JSON of a <see cref="Contracts.PendingReload"/>; null when nothing.</summary>
    public string? PendingChanges { get; set; }

    /// <summary>The message about why it shut itself down; null when it was asked to quit.</summary>
    public string? EndReason { get; set; }

    /// <summary>The exit code for a foreground run that its exit policy ended; null when the daemon failed or was asked to quit.</summary>
    public int? ExitCode { get; set; }
}
