using OvermindGui.Core.Output;

namespace OvermindGui.Output;

/// <summary>What a person asked of <c>logs</c>.</summary>
internal sealed record LogRequest
{
    /// <summary>Names of processes, none for all.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>At most so many of the newest lines; null for all.</summary>
    public required long? Count { get; init; }

    /// <summary>Which lines are asked for.</summary>
    public required LineFilter Filter { get; init; }

    /// <summary>How many lines come before and after each match.</summary>
    public (int Before, int After) Context { get; init; }

    public required bool Follow { get; init; }

    /// <summary>The file to write into; null for standard output.</summary>
    public string? File { get; init; }

    public required bool Json { get; init; }

    public required bool Color { get; init; }

    public required bool Timestamps { get; init; }
}
