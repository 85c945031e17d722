using OvermindGui.Core.Output;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>The lines and gaps that a pane has loaded, in id order. Entries do not overlap.</summary>
internal sealed class LogBuffer
{
    private readonly List<LogEntry> _entries = [];
    private readonly HashSet<LogBlock> _amended = [];

    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>Loaded lines, gaps not counted.</summary>
    public int LineCount { get; private set; }

    /// <summary>Id of the oldest loaded line.</summary>
    public long FirstId => _entries.Count > 0 ? _entries[0].FirstId : long.MaxValue;

    /// <summary>Id of the newest line seen, shown or not.</summary>
    public long LastId { get; private set; }

    public bool Holds(long id) => Find(id)?.Holds(id) == true;

    public LogGap? GapAt(long firstId) => _entries.OfType<LogGap>().FirstOrDefault(gap => gap.FirstId == firstId);

    public void Clear()
    {
        _entries.Clear();
        _amended.Clear();
        (LineCount, LastId) = (0, 0);
    }

    /// <summary>Adds lines behind what is here.</summary>
    /// <param name="seen">The last id that was looked at.</param>
    public void Append(IReadOnlyList<RenderedLine> lines, long seen)
    {
        LastId = seen;
        var added = _entries is [.., LogBlock last] ? last.Append(lines) : 0;
        _entries.AddRange(LogBlock.FromLines(added == 0 ? lines : [.. lines.Skip(added)]));
        LineCount += lines.Count;
    }

    /// <summary>Adds what the feed brought. Ids have no holes in the database: one between two lines is what the feed left out.</summary>
    public void AppendWithGaps(IReadOnlyList<RenderedLine> lines, ProcessFilter filter)
    {
        var run = new List<RenderedLine>(lines.Count);
        foreach (var line in lines)
        {
            if (LastId > 0 && line.Id > LastId + 1)
            {
                Append(run, LastId);
                run.Clear();
                AddGap(line.Id - 1);
            }

            LastId = line.Id;
            if (filter.Shows(line.Process)) run.Add(line);
        }

        Append(run, LastId);
    }

    /// <summary>Records that the lines up to an id were skipped. Lines before the first one are history, not a gap.</summary>
    public void AddGap(long upTo)
    {
        // One flood is one gap, however many ticks it takes, as long as nothing was shown between: a hidden process that floods
        // would otherwise add an entry with every tick, which no trim takes away.
        if (_entries is [.., LogGap last]) _entries[^1] = new LogGap(last.FirstId, upTo);
        else if (_entries.Count > 0) _entries.Add(new LogGap(LastId + 1, upTo));
        LastId = upTo;
    }

    public void Prepend(IReadOnlyList<RenderedLine> older)
    {
        _entries.InsertRange(0, LogBlock.FromLines(older));
        LineCount += older.Count;
    }

    /// <summary>Puts lines where a gap was; what was not looked at of it stays a gap.</summary>
    /// <param name="reached">The last id of the gap that was looked at, from the side that is being filled.</param>
    public void Fill(LogGap gap, IReadOnlyList<RenderedLine> lines, long reached, bool fromEnd)
    {
        var at = _entries.IndexOf(gap);
        if (at < 0) return; // the view moved on meanwhile
        _entries.RemoveAt(at);
        var rest = fromEnd ? (First: gap.FirstId, Last: reached - 1) : (First: reached + 1, Last: gap.LastId);
        if (fromEnd) _entries.InsertRange(at, LogBlock.FromLines(lines));
        if (rest.First <= rest.Last) _entries.Insert(at, new LogGap(rest.First, rest.Last));
        if (!fromEnd) _entries.InsertRange(at, LogBlock.FromLines(lines));
        LineCount += lines.Count;
    }

    /// <summary>Drops the oldest entries beyond a number of lines. Whether there were any.</summary>
    public bool Trim(int capacity)
    {
        var drop = 0;
        for (; drop < _entries.Count - 1 && LineCount - CountOf(_entries[drop]) >= capacity; drop++) LineCount -= CountOf(_entries[drop]);
        _entries.RemoveRange(0, drop);
        while (_entries is [LogGap, ..]) _entries.RemoveAt(0);
        return drop > 0;
    }

    /// <summary>
    /// Applies changed lines; unknown ones are ignored. The page shows the changes after <see cref="ShowAmended"/>: nothing moves in a
    /// paused page.
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
        if (block.LineCount == 0) _entries.Remove(block);
        LineCount--;
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

        LineCount++;
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

    private static int CountOf(LogEntry entry) => entry is LogBlock block ? block.LineCount : 0;
}
