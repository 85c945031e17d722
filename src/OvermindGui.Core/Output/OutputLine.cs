using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>A stored line as readers see it.</summary>
/// <param name="Id">Grows with time over all processes.</param>
/// <param name="Process">Name of the process.</param>
/// <param name="Time">When it was read, Unix milliseconds.</param>
public sealed record OutputLine(long Id, string Process, long Time, LineSource Source, StyledLine Content)
{
    /// <summary>The run that printed it; null for the daemon's own messages.</summary>
    public long? Run { get; init; }

    /// <summary>What was recognised of it when it was stored.</summary>
    public LineTraits Traits { get; init; }

    /// <summary>The level that it names.</summary>
    public LineLevel Level => Traits.Level;
}

/// <summary>What a tail found since it looked last.</summary>
/// <param name="Skipped">How many new lines are left out because more came than were asked for.</param>
/// <param name="Lines">New lines in id order.</param>
/// <param name="Amended">Lines seen before as they are now, each once, in id order.</param>
/// <param name="MissedAmendments">True when lines may have changed that are not named: the reader was away for too long.</param>
/// <param name="ClearedAnew">True when output was cleared, or a clearing undone: what was seen before is no longer what is there.</param>
public sealed record TailBatch(
    long Skipped, IReadOnlyList<OutputLine> Lines, IReadOnlyList<OutputLine> Amended, bool MissedAmendments = false,
    bool ClearedAnew = false)
{
    public bool IsEmpty => Lines.Count == 0 && Amended.Count == 0 && !MissedAmendments && !ClearedAnew;
}
