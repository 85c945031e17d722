using OvermindGui.Core.Data;

namespace OvermindGui.Core.Output;

/// <summary>Follows the end of the log: each call returns what came, and what changed, since the last one. Not thread-safe.</summary>
public sealed class OutputTail
{
    private readonly OutputHistory _history;
    private long _amendments;

    private OutputTail(OutputHistory history) => _history = history;

    /// <summary>Id of the newest line seen.</summary>
    public long Cursor { get; private set; }

    /// <summary>A tail, and the newest lines that stood there when it began, at most <paramref name="limit"/>, in id order.</summary>
    public static (OutputTail Tail, IReadOnlyList<OutputLine> Lines) Begin(OvermindDatabase database, int limit)
    {
        var tail = new OutputTail(new OutputHistory(database));
        // The change log first: what changes between the two reads is then read twice, not never.
        tail._amendments = tail._history.LastAmendment();
        var lines = tail._history.Before(long.MaxValue, ProcessFilter.Everything, limit);
        tail.Cursor = lines.Count > 0 ? lines[^1].Id : 0;
        return (tail, lines);
    }

    /// <summary>The newest lines since the last call, at most <paramref name="limit"/>; what a flood brought beyond is counted, not read.</summary>
    public TailBatch Read(int limit)
    {
        var (amended, lastAmendment, missed) = _history.AmendedAfter(_amendments, Cursor, limit);
        var (lines, last) = _history.After(Cursor, limit);
        var batch = new TailBatch(Math.Max(0, last - limit - Cursor), lines, amended, missed);
        (Cursor, _amendments) = (last, lastAmendment);
        return batch;
    }
}
