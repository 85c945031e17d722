using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Under which ids the newest lines of a stream are stored. Only the writer looks in and writes; it may do so twice.</summary>
internal sealed class LineIds
{
    // More than a live window holds, so that no line changes after its id is forgotten.
    private const int Slots = 2 * LineAssembler.LiveLines;

    private readonly long[] _ids = new long[Slots];

    /// <summary>A line that was never stored has no id, and not that of the one before in its slot.</summary>
    public void Forget(long number) => this[number] = 0;

    /// <summary>0 for a line that is not stored.</summary>
    public long this[long number]
    {
        get => _ids[number % Slots];
        set => _ids[number % Slots] = value;
    }
}

/// <summary>What makes lines of a stream amendable.</summary>
/// <param name="Ids">Of the stream.</param>
/// <param name="FirstNumber">Number in the stream of the batch's first new line.</param>
/// <param name="Amended">Earlier lines as they are now; stored before the new ones.</param>
internal sealed record LiveLines(LineIds Ids, long FirstNumber, AmendedLine[] Amended);

/// <summary>A line that was stored before, as it is now.</summary>
internal readonly record struct AmendedLine(long Number, StyledLine Content, LineTraits Traits = default);
