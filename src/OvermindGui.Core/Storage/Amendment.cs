namespace OvermindGui.Core.Storage;

/// <summary>
/// Records that a stored line has changed: it was still being written, or the program moved back to it. Readers of the tail follow these
/// ids in addition to line ids. Old rows are removed; <see cref="Output.OutputTail"/> detects when it missed some.
/// </summary>
public sealed class Amendment
{
    public long Id { get; init; }

    public required long LineId { get; init; }
}
