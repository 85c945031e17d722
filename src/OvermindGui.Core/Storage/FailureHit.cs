namespace OvermindGui.Core.Storage;

/// <summary>A line of a process matched a failure declaration.</summary>
public sealed class FailureHit
{
    public long Id { get; init; }

    public required int ProcessId { get; init; }

    public required long RunId { get; init; }

    /// <summary>The line's id, if known. The line may have been deleted since.</summary>
    public long? LineId { get; init; }

    /// <summary>The declaration's text or expression.</summary>
    public required string Pattern { get; init; }

    /// <summary>The text of the line at the time of the match; truncated if it is long.</summary>
    public required string Text { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double Time { get; init; }

    /// <summary>A lower-case <see cref="Contracts.FailureAction"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The result for display: <c>restarts in 2 s</c>, then <c>restarted</c>.</summary>
    public required string Outcome { get; set; }
}
