using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// What the writer has taken from the queue and not stored yet: one batch as a rule, and all that comes while the database cannot be
/// written. Then the oldest lines give way to the newest, and are counted.
/// </summary>
/// <param name="maxWeight">Bytes, roughly.</param>
internal sealed class WriteBuffer(long maxWeight)
{
    private const int WeightOfItem = 200;

    private readonly Dictionary<(int ProcessId, long? RunId), long> _lost = [];
    private List<WriteItem> _items = [];
    private long _weight;

    public IReadOnlyList<WriteItem> Items => _items;

    /// <summary>Lines among the items.</summary>
    public int LineCount { get; private set; }

    /// <summary>Lines that gave way.</summary>
    public long LostLines => _lost.Values.Sum();

    public void Add(WriteItem item)
    {
        _items.Add(item);
        LineCount += item.LineCount;
        _weight += WeightOf(item);
        if (_weight > maxWeight) DropOldest();
    }

    /// <summary>All is stored.</summary>
    public void Clear()
    {
        _items.Clear();
        _lost.Clear();
        (LineCount, _weight) = (0, 0);
    }

    /// <summary>Notices in place of the dropped lines: one per process that lost some.</summary>
    public IEnumerable<LineBatch> Markers(string reason, long now) => _lost.Select(lost => new LineBatch(
        lost.Key.ProcessId, lost.Key.RunId, LineSource.Notice, now,
        [StyledLine.Plain(string.Create(CultureInfo.InvariantCulture, $"{lost.Value:N0} lines are missing here: {reason}"))])
    {
        Traits = [new LineTraits(LineLevel.Warn, Continues: false)],
    });

    // A quarter at once, because each time walks through all that is kept. What is no line is never dropped: it is small, and states hang on it.
    private void DropOldest()
    {
        var kept = new List<WriteItem>(_items.Count);
        foreach (var item in _items)
            if (item is LineBatch batch && _weight > maxWeight / 4 * 3) Drop(batch);
            else kept.Add(item);
        _items = kept;
    }

    private void Drop(LineBatch batch)
    {
        var stream = (batch.ProcessId, batch.RunId);
        _lost[stream] = _lost.GetValueOrDefault(stream) + batch.Lines.Length;
        LineCount -= batch.LineCount;
        _weight -= WeightOf(batch);
        if (batch.Live is not { } live) return;
        for (var i = 0; i < batch.Lines.Length; i++) live.Ids.Forget(live.FirstNumber + i);
    }

    private static long WeightOf(WriteItem item) =>
        WeightOfItem + (item is LineBatch batch ? batch.Weight + (batch.Live?.Amended.Sum(line => LineBatch.WeightOf(line.Content)) ?? 0) : 0);
}
