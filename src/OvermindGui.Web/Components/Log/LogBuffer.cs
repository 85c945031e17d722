using OvermindGui.Core.Output;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>What one page shows of the log, in id order. It only ever holds whole entries; the view renders them as they are.</summary>
internal sealed partial class LogBuffer
{
    /// <summary>A page that follows keeps about this many lines; one that reads back keeps all it loaded.</summary>
    public const int Capacity = 2_000;

    private readonly List<LogEntry> _entries = [];
    private int _lineCount;

    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>Lines in view, gaps not counted.</summary>
    public int LineCount => _lineCount;

    /// <summary>Id of the oldest line in view; everything before it is to be loaded.</summary>
    public long FirstId => _entries.Count > 0 ? _entries[0].FirstId : long.MaxValue;

    /// <summary>Id of the newest line seen, shown or hidden.</summary>
    public long LastId { get; private set; }

    /// <summary>Whether a line is in view.</summary>
    public bool Holds(long id) => Find(id)?.Holds(id) == true;

    public void Clear()
    {
        _entries.Clear();
        _amended.Clear();
        (_lineCount, LastId) = (0, 0);
    }

    /// <summary>Adds what came; at most <see cref="OutputFeed.LinesPerTick"/> lines, the rest and what the feed left out are a gap.</summary>
    public void Append(IReadOnlyList<RenderedLine> batch, ProcessFilter filter)
    {
        var skip = Math.Max(0, batch.Count - OutputFeed.LinesPerTick);
        if (batch.Count == 0) return;
        AddWithGaps(skip == 0 ? batch : [.. batch.Skip(skip)], filter);
    }

    /// <summary>Starts anew with the newest lines of a snapshot, gaps of earlier floods included.</summary>
    public void StartWithSnapshot(IReadOnlyList<RenderedLine> snapshot, ProcessFilter filter)
    {
        Clear();
        var skip = filter.IsEverything ? Math.Max(0, snapshot.Count - Capacity) : 0;
        if (snapshot.Count > 0) AddWithGaps(skip == 0 ? snapshot : [.. snapshot.Skip(skip)], filter);
        Trim();
    }

    /// <summary>Starts anew with a page of the history, which has no gaps.</summary>
    public void Start(IReadOnlyList<RenderedLine> shown, long lastId)
    {
        Clear();
        AppendPage(shown, lastId);
    }

    /// <summary>Adds a page of the history behind what is here.</summary>
    /// <param name="lastId">The last id that was looked at.</param>
    public void AppendPage(IReadOnlyList<RenderedLine> shown, long lastId)
    {
        LastId = lastId;
        Add(shown);
    }

    /// <summary>Adds lines that match a filter; of those below <paramref name="lookedFrom"/> nobody knows, they are a gap.</summary>
    public void AppendMatches(IReadOnlyList<RenderedLine> matches, long lookedFrom, long lastId)
    {
        if (lookedFrom > LastId + 1) AddGap(LastId + 1, lookedFrom - 1);
        AppendPage(matches, lastId);
    }

    public void Prepend(IReadOnlyList<RenderedLine> older)
    {
        _entries.InsertRange(0, LogBlock.FromLines(older));
        _lineCount += older.Count;
    }

    /// <summary>Puts loaded lines where a gap was; what is still missing stays a gap.</summary>
    /// <param name="reached">The last id of the gap that was looked at.</param>
    public void Fill(LogGap gap, IReadOnlyList<RenderedLine> lines, long reached)
    {
        var at = _entries.IndexOf(gap);
        if (at < 0) return; // the view moved on meanwhile
        _entries.RemoveAt(at);
        if (reached < gap.LastId) _entries.Insert(at, new LogGap(reached + 1, gap.LastId));
        _entries.InsertRange(at, LogBlock.FromLines(lines));
        _lineCount += lines.Count;
    }

    /// <summary>Lets go of the oldest entries beyond the capacity. Whether there were any.</summary>
    public bool Trim()
    {
        var drop = 0;
        for (; drop < _entries.Count - 1 && _lineCount - CountOf(_entries[drop]) >= Capacity; drop++) _lineCount -= CountOf(_entries[drop]);
        _entries.RemoveRange(0, drop);
        while (_entries is [LogGap, ..]) _entries.RemoveAt(0); // what is before the first line is history, not a gap
        return drop > 0;
    }

    // Ids have no holes in the database: one between two lines is what the feed left out.
    private void AddWithGaps(IReadOnlyList<RenderedLine> lines, ProcessFilter filter)
    {
        var run = new List<RenderedLine>(lines.Count);
        foreach (var line in lines)
        {
            if (LastId > 0 && line.Id > LastId + 1)
            {
                Add(run);
                run.Clear();
                AddGap(LastId + 1, line.Id - 1);
            }

            LastId = line.Id;
            if (filter.Shows(line.Process)) run.Add(line);
        }

        Add(run);
    }

    private void Add(IReadOnlyList<RenderedLine> lines)
    {
        _entries.AddRange(LogBlock.FromLines(lines));
        _lineCount += lines.Count;
    }

    private void AddGap(long firstId, long lastId)
    {
        // One flood is one gap, however many ticks it takes, as long as nothing was shown between: a hidden process that floods
        // would else add an entry with every tick, which no trim ever takes away.
        if (_entries is [.., LogGap last]) _entries[^1] = new LogGap(last.FirstId, lastId);
        else if (_entries.Count > 0) _entries.Add(new LogGap(firstId, lastId));
    }

    private static int CountOf(LogEntry entry) => entry is LogBlock block ? block.LineCount : 0;
}
