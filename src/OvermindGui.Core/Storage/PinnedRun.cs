namespace OvermindGui.Core.Storage;

/// <summary>A run whose output is kept when older output is pruned, as long as the database does not exceed its size.</summary>
public sealed class PinnedRun
{
    public required long RunId { get; init; }

    /// <summary>Unix seconds.</summary>
    public required double PinnedAt { get; init; }
}
