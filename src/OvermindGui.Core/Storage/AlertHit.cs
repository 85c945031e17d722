namespace OvermindGui.Core.Storage;

/// <summary>An alert fired, or was tested.</summary>
public sealed class AlertHit
{
    public long Id { get; init; }

    /// <summary>The rule's name.</summary>
    public required string Rule { get; init; }

    /// <summary>Null for a rule about no process.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The run at that time; null when there was none.</summary>
    public long? RunId { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double Time { get; init; }

    /// <summary>Readable text: <c>web fails: exited with code 3</c>.</summary>
    public required string Message { get; init; }

    /// <summary>What its actions have done, one per text line.</summary>
    public required string Outcome { get; set; }

    /// <summary>Whether open pages show a notification.</summary>
    public required bool Notifies { get; init; }

    /// <summary>When the condition ended, Unix seconds; null while it holds, and for conditions that do not end.</summary>
    public double? ResolvedAt { get; set; }

    /// <summary>It was tested: nothing has happened.</summary>
    public required bool IsTest { get; init; }
}
