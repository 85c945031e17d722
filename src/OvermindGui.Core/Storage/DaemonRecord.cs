namespace OvermindGui.Core.Storage;

/// <summary>One life of a daemon on this folder. The newest row is the current or the last one.</summary>
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

    /// <summary>Unix seconds; null while it lives, and for ever when it was killed.</summary>
    public double? EndedAt { get; set; }

    /// <summary>Procfile lines that could not be used, one per text line; null when all could.</summary>
    public string? ProcfileProblems { get; init; }

    /// <summary>What a person must know of the start, such as a damaged database that was set aside; null when all was well.</summary>
    public string? Warning { get; init; }

    /// <summary>What the processes are planned by, as JSON: flags and scaling, for whoever wants to plan as the daemon does.</summary>
    public string? Options { get; set; }

    /// <summary>Seconds within which it carries out a stop of any process, by the stop timeouts that it knows.</summary>
    public double? StopLimit { get; set; }

    /// <summary>What a reload would change, one per text line; null when nothing.</summary>
    public string? PendingChanges { get; set; }

    /// <summary>Why it ended by itself, for people; null when it was told to.</summary>
    public string? EndReason { get; set; }

    /// <summary>The code that a foreground run then ends with.</summary>
    public int? ExitCode { get; set; }
}
