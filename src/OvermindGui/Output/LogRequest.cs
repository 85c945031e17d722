using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>The options of a <c>logs</c> call.</summary>
internal sealed record LogRequest
{
    /// <summary>Process names; empty for all.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Maximum number of newest lines; null for all.</summary>
    public required long? Count { get; init; }

    /// <summary>The moment around which lines are printed, Unix milliseconds; null for none.</summary>
    public long? At { get; init; }

    /// <summary>The line filter.</summary>
    public required LineFilter Filter { get; init; }

    /// <summary>Number of context lines before and after each match.</summary>
    public (int Before, int After) Context { get; init; }

    public required bool Follow { get; init; }

    /// <summary>The output file; null for standard output.</summary>
    public string? File { get; init; }

    public required bool Json { get; init; }

    public required bool Color { get; init; }

    public required bool Timestamps { get; init; }
}
