using OvermindGui.Core.Output;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// The window over the history that a pane shows: which lines are loaded, what is stored beyond its edges, and whether it follows the end.
/// While it follows, new lines are appended and the oldest dropped. While it is paused, nothing moves and new lines are counted. A
/// plain state machine: it reads nothing and renders nothing.
/// </summary>
internal sealed class LogWindow
{
    /// <summary>A window that follows keeps at least this many lines; one that is read back keeps all it loaded.</summary>
    public const int Capacity = 2_000;

    /// <summary>So many more may gather: what is dropped costs the browser the styles and the layout of all that stays.</summary>
    public const int Excess = 500;

    /// <summary>Lines of a page, and the fewest that a window has above its end where so many are stored.</summary>
    public const int PageSize = 500;

    private readonly LogBuffer _buffer = new();
    private long _counted;

    public IReadOnlyList<LogEntry> Entries => _buffer.Entries;

    public int LineCount => _buffer.LineCount;

    /// <summary>Id of the newest line seen, shown or not.</summary>
    public long LastId => _buffer.LastId;

    /// <summary>Whether the end stays in view.</summary>
    public bool Following { get; private set; } = true;

    /// <summary>Number of matching lines that arrived since the window was paused.</summary>
    public long NewLines { get; private set; }

    /// <summary>Older lines are below this id; null while nothing is loaded.</summary>
    public long? OlderFrom { get; private set; }

    /// <summary>Whether nothing older is stored.</summary>
    public bool ReachesBeginning { get; private set; }

    /// <summary>Whether lines may be stored between the last that is loaded and those that are only counted.</summary>
    public bool HasNewer { get; private set; }

    /// <summary>Whether to load older lines without scrolling: a window at the end with too few lines has nothing to scroll.</summary>
    public bool NeedsOlder => OlderFrom is not null && !ReachesBeginning && LineCount < PageSize;

    public bool HasOlder => OlderFrom is not null && !ReachesBeginning && Entries.Count > 0;

    public bool Holds(long id) => _buffer.Holds(id);

    public LogGap? GapAt(long firstId) => _buffer.GapAt(firstId);

    /// <summary>Follows the end, or pauses. False when there is no change.</summary>
    public bool Follow(bool following)
    {
        if (following == Following) return false;
        Following = following;
        (NewLines, _counted) = (0, LastId);
        return true;
    }

    /// <summary>Nothing is loaded any more.</summary>
    public void Clear()
    {
        _buffer.Clear();
        (OlderFrom, ReachesBeginning, HasNewer) = (null, false, false);
    }

    /// <summary>Whether a snapshot of the feed goes on with what is loaded, without a hole between, and without so many lines that it is better to begin at the end.</summary>
    /// <param name="mayBeOutdated">Lines before the snapshot may have changed unseen.</param>
    public bool GoesOn(IReadOnlyList<RenderedLine> snapshot, bool mayBeOutdated) =>
        LastId > 0 && snapshot.Count > 0 && snapshot[0].Id <= LastId + 1 && snapshot[^1].Id >= LastId
        && snapshot[^1].Id - LastId <= OutputFeed.LinesPerTick && !(mayBeOutdated && _buffer.FirstId < snapshot[0].Id);

    /// <summary>Begins with the newest lines of a snapshot.</summary>
    /// <param name="isComplete">Whether the lines that the filter asks for can be picked from it; else only its end counts.</param>
    public void Start(IReadOnlyList<RenderedLine> snapshot, ProcessFilter filter, bool isComplete)
    {
        Clear();
        Reset(snapshot);
        if (snapshot.Count == 0) return;
        if (isComplete)
        {
            var skip = filter.IsEverything ? Math.Max(0, snapshot.Count - Capacity) : 0;
            _buffer.AppendWithGaps(skip == 0 ? snapshot : [.. snapshot.Skip(skip)], filter);
            _buffer.Trim(Capacity);
        }
        else
        {
            _buffer.Append([], snapshot[^1].Id);
        }

        OlderFrom = Entries.Count > 0 ? _buffer.FirstId : snapshot[^1].Id + 1;
    }

    /// <summary>Stands still around a place: the lines before and behind it.</summary>
    public void Start(TextPage<RenderedLine> before, TextPage<RenderedLine> after)
    {
        Clear();
        _buffer.Append([.. before.Found, .. after.Found], after.Reached);
        (OlderFrom, ReachesBeginning) = (before.Reached, before.IsEnd);
        SetNewer(!after.IsEnd);
    }

    /// <summary>Adds what came; at most <see cref="OutputFeed.LinesPerTick"/> lines, the rest and what the feed left out are a gap.</summary>
    public void Append(IReadOnlyList<RenderedLine> batch, ProcessFilter filter)
    {
        var skip = Math.Max(0, batch.Count - OutputFeed.LinesPerTick);
        _buffer.AppendWithGaps(skip == 0 ? batch : [.. batch.Skip(skip)], filter);
    }

    /// <summary>Adds lines that were found in the history; those between the last that was seen and <paramref name="lookedFrom"/> are a gap.</summary>
    public void AppendFound(IReadOnlyList<RenderedLine> found, long lookedFrom, long lastId)
    {
        if (lookedFrom > LastId + 1) _buffer.AddGap(lookedFrom - 1);
        _buffer.Append(found, lastId);
    }

    /// <summary>Adds a page below the last that is loaded.</summary>
    public void AppendPage(TextPage<RenderedLine> newer)
    {
        _buffer.Append(newer.Found, newer.Reached);
        SetNewer(!newer.IsEnd);
    }

    /// <summary>Adds a page above the first that is loaded.</summary>
    public void PrependPage(TextPage<RenderedLine> older)
    {
        _buffer.Prepend(older.Found);
        (OlderFrom, ReachesBeginning) = (older.Reached, older.IsEnd);
    }

    /// <inheritdoc cref="LogBuffer.Fill"/>
    public void Fill(LogGap gap, IReadOnlyList<RenderedLine> lines, long reached, bool fromEnd) => _buffer.Fill(gap, lines, reached, fromEnd);

    /// <summary>Drops the oldest lines where too many have gathered; they are history again.</summary>
    public void Trim()
    {
        if (LineCount >= Capacity + Excess && _buffer.Trim(Capacity)) (OlderFrom, ReachesBeginning) = (_buffer.FirstId, false);
    }

    /// <summary>Lines up to this one were counted or shown.</summary>
    public long Counted => _counted;

    /// <summary>Counts lines that arrive while the window is paused. Returns whether the number has changed.</summary>
    public bool Count(long lines, long upTo)
    {
        _counted = upTo;
        NewLines += lines;
        return lines > 0;
    }

    /// <summary>What is loaded reaches the newest line.</summary>
    public void ReachEnd() => SetNewer(false);

    /// <summary>The count starts again behind what is loaded.</summary>
    public void RestartCount() => (NewLines, _counted) = (0, LastId);

    /// <inheritdoc cref="LogBuffer.Amend(IReadOnlyList{RenderedLine})"/>
    public void Amend(IReadOnlyList<RenderedLine> lines) => _buffer.Amend(lines);

    /// <inheritdoc cref="LogBuffer.Amend(IReadOnlyList{RenderedLine}, IReadOnlySet{long})"/>
    public void Amend(IReadOnlyList<RenderedLine> lines, IReadOnlySet<long> belong) => _buffer.Amend(lines, belong);

    /// <inheritdoc cref="LogBuffer.ShowAmended"/>
    public bool ShowAmended() => _buffer.ShowAmended();

    private void Reset(IReadOnlyList<RenderedLine> snapshot) => (NewLines, _counted) = (0, snapshot.Count > 0 ? snapshot[^1].Id : 0);

    private void SetNewer(bool newer)
    {
        HasNewer = newer;
        if (!newer) RestartCount();
    }
}
