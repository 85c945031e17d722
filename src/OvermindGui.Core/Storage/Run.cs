namespace OvermindGui.Core.Storage;

/// <summary>One life of a process, from its start to its end.</summary>
public sealed class Run
{
    public required long Id { get; init; }

    public required int ProcessId { get; init; }

    public required long DaemonId { get; init; }

    public required int Pid { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double StartedAt { get; init; }

    /// <summary>Unix seconds; null while it is up.</summary>
    public double? EndedAt { get; set; }

    /// <summary>0 to 255, 128+n for a death by signal n.</summary>
    public int? ExitCode { get; set; }

    /// <summary>Cause of the start: <c>daemon start</c>, <c>start</c>, <c>restart</c>, <c>failure</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>Who started it, as <see cref="Contracts.Initiator"/> writes it; null in rows of versions that did not record it.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Number of earlier runs of the process under this daemon.</summary>
    public required int RestartNumber { get; init; }
}
