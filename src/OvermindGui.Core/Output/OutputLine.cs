using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>A stored line as readers see it.</summary>
/// <param name="Id">Increases with time across all processes.</param>
/// <param name="Process">Name of the process.</param>
/// <param name="Time">When it was read, Unix milliseconds.</param>
public sealed record OutputLine(long Id, string Process, long Time, LineSource Source, StyledLine Content)
{
    /// <summary>The run that printed it; null for the daemon's own messages.</summary>
    public long? Run { get; init; }

    /// <summary>The properties detected when it was stored.</summary>
    public LineTraits Traits { get; init; }

    /// <summary>The detected level.</summary>
    public LineLevel Level => Traits.Level;
}

/// <summary>The result of a tail's read.</summary>
/// <param name="Skipped">Number of new lines omitted because they exceed the limit.</param>
/// <param name="Lines">New lines in id order.</param>
/// <param name="Amended">The current form of lines returned before, each once, in id order.</param>
/// <param name="MissedAmendments">True when more lines may have changed than are listed, because the reader was away for too long.</param>
/// <param name="ClearedAnew">True when output was cleared or a clearing undone: discard what was read before.</param>
public sealed record TailBatch(
    long Skipped, IReadOnlyList<OutputLine> Lines, IReadOnlyList<OutputLine> Amended, bool MissedAmendments = false,
    bool ClearedAnew = false)
{
    public bool IsEmpty => Lines.Count == 0 && Amended.Count == 0 && !MissedAmendments && !ClearedAnew;
}
