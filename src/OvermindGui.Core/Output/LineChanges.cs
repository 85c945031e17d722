namespace OvermindGui.Core.Output;

/// <summary>
/// Decides when to print a line again that changed after it was printed: after it has been stable for a second, and only if its text
/// differs from what was printed. The required time doubles with each repetition, so a prompt or progress bar that changes for minutes
/// prints few lines, always including its final state.
/// </summary>
public sealed class LineChanges(TimeProvider time)
{
    /// <summary>Number of printed lines that it remembers; an older line that changes is always printed.</summary>
    public const int Remembered = 10_000;

    private const int MaxDoublings = 6;
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Print> _prints = [];
    private readonly Queue<long> _order = new();
    private readonly SortedDictionary<long, (OutputLine Line, long ChangedAt)> _changing = [];

    /// <summary>Records the printed text of a line.</summary>
    public void Printed(OutputLine line)
    {
        if (_prints.TryAdd(line.Id, new Print(Hash(line), 0)))
        {
            _order.Enqueue(line.Id);
            if (_order.Count > Remembered) _prints.Remove(_order.Dequeue());
        }
        else
        {
            _prints[line.Id] = new Print(Hash(line), _prints[line.Id].Times + 1);
        }
    }

    public bool Knows(OutputLine line) => _prints.ContainsKey(line.Id);

    /// <summary>Records the current text of a line.</summary>
    public void Changed(OutputLine line) => _changing[line.Id] = (line, time.GetTimestamp());

    /// <summary>The lines that became stable with a different text than was printed, in id order; each is returned once.</summary>
    public IReadOnlyList<OutputLine> TakeRested()
    {
        if (_changing.Count == 0) return [];
        var rested = _changing.Values.Where(c => time.GetElapsedTime(c.ChangedAt) >= RestOf(c.Line)).Select(c => c.Line).ToList();
        foreach (var line in rested) _changing.Remove(line.Id);
        return rested.FindAll(line => !_prints.TryGetValue(line.Id, out var print) || print.TextHash != Hash(line));
    }

    private TimeSpan RestOf(OutputLine line) =>
        FirstRest * (1 << Math.Min(_prints.GetValueOrDefault(line.Id).Times, MaxDoublings));

    // A change of style alone would print the same text again.
    private static int Hash(OutputLine line) => line.Content.Text.GetHashCode(StringComparison.Ordinal);

    private readonly record struct Print(int TextHash, int Times);
}
