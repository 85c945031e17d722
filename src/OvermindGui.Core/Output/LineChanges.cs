namespace OvermindGui.Core.Output;

/// <summary>
/// Decides when a line that changed after it was printed is printed again: once it has rested for a second, and only if its text is
/// another than the one that was printed. Each further time it must rest twice as long, so that a prompt or a progress bar that
/// grows for minutes makes few lines, and its last state is always among them.
/// </summary>
public sealed class LineChanges(TimeProvider time)
{
    /// <summary>Of so many printed lines it knows how they looked; an older one that changes is printed whatever it says.</summary>
    public const int Remembered = 10_000;

    private const int MaxDoublings = 6;
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Print> _prints = [];
    private readonly Queue<long> _order = new();
    private readonly SortedDictionary<long, (OutputLine Line, long ChangedAt)> _changing = [];

    /// <summary>The line has been printed as it is here.</summary>
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

    /// <summary>The line is now as it is here.</summary>
    public void Changed(OutputLine line) => _changing[line.Id] = (line, time.GetTimestamp());

    /// <summary>The lines that came to rest as something else than was printed, in id order; each is given once.</summary>
    public IReadOnlyList<OutputLine> TakeRested()
    {
        if (_changing.Count == 0) return [];
        var rested = _changing.Values.Where(c => time.GetElapsedTime(c.ChangedAt) >= RestOf(c.Line)).Select(c => c.Line).ToList();
        foreach (var line in rested) _changing.Remove(line.Id);
        return rested.FindAll(line => !_prints.TryGetValue(line.Id, out var print) || print.TextHash != Hash(line));
    }

    private TimeSpan RestOf(OutputLine line) =>
        FirstRest * (1 << Math.Min(_prints.GetValueOrDefault(line.Id).Times, MaxDoublings));

    // A changed style alone would print what looks the same.
    private static int Hash(OutputLine line) => line.Content.Text.GetHashCode(StringComparison.Ordinal);

    private readonly record struct Print(int TextHash, int Times);
}
