using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>What a person asked of <c>logs</c>.</summary>
internal sealed record LogRequest
{
    /// <summary>Names of processes, none for all.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>At most so many of the newest lines; null for all.</summary>
    public required long? Count { get; init; }

    public required OutputQuery Query { get; init; }

    public required bool Follow { get; init; }

    public required bool Json { get; init; }

    public required bool Color { get; init; }

    public required bool Timestamps { get; init; }
}
