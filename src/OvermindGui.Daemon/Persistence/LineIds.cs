using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Under which ids the newest lines of a stream are stored, and those of older ones that may still change: a footer stays on the screen
/// while thousands of lines scroll past it. Only the writer reads and writes it; it may do so twice.
/// </summary>
internal sealed class LineIds
{
    private const int Slots = 2 * LineAssembler.LiveLines;

    private readonly (long Number, long Id)[] _newest = new (long, long)[Slots];
    private readonly Dictionary<long, long> _held = [];

    /// <summary>0 for a line that is not stored, or that changes no more.</summary>
    public long this[long number]
    {
        get => _held.TryGetValue(number, out var id) ? id : _newest[number % Slots] is var newest && newest.Number == number ? newest.Id : 0;
        set
        {
            if (_held.ContainsKey(number)) _held[number] = value;
            _newest[number % Slots] = (number, value);
        }
    }

    /// <summary>A line that was never stored has no id.</summary>
    public void Forget(long number) => this[number] = 0;

    /// <summary>Keeps the ids of these lines, which are not among the newest, and of no others.</summary>
    public void Hold(IReadOnlyList<long> numbers)
    {
        if (numbers.Count == 0 && _held.Count == 0) return;
        foreach (var number in _held.Keys.Except(numbers).ToList()) _held.Remove(number);
        foreach (var number in numbers) _held.TryAdd(number, this[number]);
    }
}

/// <summary>What makes lines of a stream amendable.</summary>
/// <param name="Ids">Of the stream.</param>
/// <param name="FirstNumber">Number in the stream of the batch's first new line.</param>
/// <param name="Amended">Earlier lines as they are now; stored before the new ones.</param>
internal sealed record LiveLines(LineIds Ids, long FirstNumber, AmendedLine[] Amended)
{
    /// <summary>Numbers of lines that may change again although they are older than the newest hundred.</summary>
    public IReadOnlyList<long> Held { get; init; } = [];

    /// <summary>Earlier lines are concerned, whose ids have to be known.</summary>
    public bool LooksBack => Amended.Length > 0 || Held.Count > 0;
}

/// <summary>A line that was stored before, as it is now.</summary>
internal readonly record struct AmendedLine(long Number, StyledLine Content, LineTraits Traits = default);
