namespace OvermindGui.Core.Storage;

/// <summary>
/// Bytes that the stored lines of a process take, about: see <see cref="LineSize"/>. The writer keeps it with the counts of the timeline; cleared lines
/// count until they are deleted.
/// </summary>
public sealed class StoredBytes
{
    public required int ProcessId { get; init; }

    public required long Bytes { get; init; }
}
