namespace OvermindGui.Core.Storage;

/// <summary>A line of a process matched a failure declaration.</summary>
public sealed class FailureHit
{
    public long Id { get; init; }

    public required int ProcessId { get; init; }

    public required long RunId { get; init; }

    /// <summary>The line, where it is known. It may have been removed since.</summary>
    public long? LineId { get; init; }

    /// <summary>The declaration's text or expression.</summary>
    public required string Pattern { get; init; }

    /// <summary>The line as it was then; the beginning of a long one.</summary>
    public required string Text { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double Time { get; init; }

    /// <summary>A lower-case <see cref="Contracts.FailureAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>What came of it, for people: <c>restarts in 2 s</c>, then <c>restarted</c>.</summary>
    public required string Outcome { get; set; }
}
