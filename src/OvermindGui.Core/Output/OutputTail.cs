using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>Follows the end of the log: each call returns new and changed lines since the last one. Not thread-safe.</summary>
public sealed class OutputTail
{
    // With more changes than this, reloading is cheaper for the reader than updating each line.
    private const int MostAmended = 1_000;

    private readonly OutputHistory _history;
    private ClearedLines _cleared = ClearedLines.None;
    private long _amendments;

    private OutputTail(OutputHistory history) => _history = history;

    /// <summary>Id of the newest line seen.</summary>
    public long Cursor { get; private set; }

    /// <summary>Creates a tail and returns the newest existing lines, at most <paramref name="limit"/>, in id order.</summary>
    public static (OutputTail Tail, IReadOnlyList<OutputLine> Lines) Begin(OvermindDatabase database, int limit)
    {
        var tail = new OutputTail(new OutputHistory(database));
        // Reads the change log first: a line that changes between the two reads is then read twice instead of missed.
        tail._amendments = tail._history.LastAmendment();
        tail.Cursor = tail._history.LastId();
        var lines = tail._history.Before(tail.Cursor + 1, ProcessFilter.Everything, limit);
        tail._cleared = tail._history.Cleared;
        return (tail, lines);
    }

    /// <summary>
    /// The newest lines since the last call, at most <paramref name="limit"/>; lines beyond the limit are counted but not read.
    /// </summary>
    public TailBatch Read(int limit)
    {
        var (amended, lastAmendment, missed) = _history.AmendedAfter(_amendments, Cursor, MostAmended);
        var (lines, last) = _history.After(Cursor, limit);
        var clearedAnew = !_history.Cleared.Equals(_cleared);
        var batch = new TailBatch(Math.Max(0, last - limit - Cursor), lines, amended, missed, clearedAnew);
        (Cursor, _amendments, _cleared) = (last, lastAmendment, _history.Cleared);
        return batch;
    }
}
