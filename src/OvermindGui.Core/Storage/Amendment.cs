namespace OvermindGui.Core.Storage;

/// <summary>
/// Says that a stored line has changed: one that was still being written, or that a program went back to. Readers of the tail follow
/// these ids as they follow those of lines. Old ones are removed; <see cref="Output.OutputTail"/> notices when it missed some.
/// </summary>
public sealed class Amendment
{
    public long Id { get; init; }

    public required long LineId { get; init; }
}
