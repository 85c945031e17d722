using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

internal sealed partial class LogBuffer
{
    private readonly HashSet<LogBlock> _amended = [];

    /// <summary>
    /// Takes in what lines are now; those that are not here are ignored. The page shows them after <see cref="ShowAmended"/>: in one
    /// that stands still nothing moves.
    /// </summary>
    public void Amend(IReadOnlyList<RenderedLine> lines)
    {
        foreach (var line in lines)
            if (Find(line.Id) is { } block && block.Amend(line)) _amended.Add(block);
    }

    /// <summary>As above, where only some of the lines belong here as they are now: others go, and those that were not here come.</summary>
    public void Amend(IReadOnlyList<RenderedLine> lines, IReadOnlySet<long> belong)
    {
        foreach (var line in lines)
        {
            var block = Find(line.Id);
            if (block is not null && block.Holds(line.Id))
            {
                if (belong.Contains(line.Id) ? block.Amend(line) : Remove(block, line.Id)) _amended.Add(block);
            }
            else if (belong.Contains(line.Id))
            {
                Insert(line);
            }
        }
    }

    /// <summary>Whether there was anything to show.</summary>
    public bool ShowAmended()
    {
        foreach (var block in _amended) block.Show();
        var any = _amended.Count > 0;
        _amended.Clear();
        return any;
    }

    private bool Remove(LogBlock block, long id)
    {
        block.Remove(id);
        _lineCount--;
        return true;
    }

    private void Insert(RenderedLine line)
    {
        if (At(line.Id) is LogGap) return; // it comes with the others of the gap
        if (RoomFor(line.Id) is { } block)
        {
            block.Insert(line);
            _amended.Add(block);
        }
        else
        {
            _entries.Insert(_entries.TakeWhile(e => e.LastId < line.Id).Count(), LogBlock.FromLines([line]).Single());
        }

        _lineCount++;
    }

    // A block that takes one more line without one of another entry between.
    private LogBlock? RoomFor(long id)
    {
        if (Find(id) is { } around) return around;
        var after = _entries.TakeWhile(e => e.LastId < id).Count();
        return new[] { after - 1, after }
            .Select(at => _entries.ElementAtOrDefault(at))
            .OfType<LogBlock>()
            .FirstOrDefault(block => block.LineCount < LogBlock.MaxLines);
    }

    private LogBlock? Find(long id) => At(id) as LogBlock;

    // Entries lie in order and do not overlap.
    private LogEntry? At(long id)
    {
        var (low, high) = (0, _entries.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = _entries[middle];
            if (entry.LastId < id) low = middle + 1;
            else if (entry.FirstId > id) high = middle - 1;
            else return entry;
        }

        return null;
    }
}
