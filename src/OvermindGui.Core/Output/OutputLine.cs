using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>A stored line as readers see it.</summary>
/// <param name="Id">Grows with time over all processes.</param>
/// <param name="Process">Name of the process.</param>
/// <param name="Time">When it was read, Unix milliseconds.</param>
public sealed record OutputLine(long Id, string Process, long Time, LineSource Source, StyledLine Content);

/// <summary>New lines in id order. When more came than were asked for, the oldest <paramref name="Skipped"/> are left out.</summary>
public sealed record TailBatch(long Skipped, IReadOnlyList<OutputLine> Lines)
{
    public bool IsEmpty => Lines.Count == 0;
}
