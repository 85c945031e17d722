namespace OvermindGui.Core.Storage;

/// <summary>
/// Which texts are certainly not in 2,048 lines (<see cref="Output.TrigramFilter"/>). It can be deleted at any time: the lines are then read
/// instead, and the daemon makes it again.
/// </summary>
public sealed class SearchFilter
{
    /// <summary>The lines from <c>id × 2048 + 1</c> on.</summary>
    public long Id { get; init; }

    public required byte[] Filter { get; init; }
}
