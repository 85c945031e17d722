using OvermindGui.Core.Data;

namespace OvermindGui.Core.Output;

/// <summary>Follows the end of the log: each call returns what came since the last one. Not thread-safe.</summary>
public sealed class OutputTail(OvermindDatabase database, long cursor)
{
    private readonly OutputHistory _history = new(database);

    /// <summary>Id of the newest line seen.</summary>
    public long Cursor { get; private set; } = cursor;

    /// <summary>The newest lines since the last call, at most <paramref name="limit"/>; what a flood brought beyond is counted, not read.</summary>
    public TailBatch Read(int limit)
    {
        var (lines, last) = _history.After(Cursor, limit);
        var batch = new TailBatch(Math.Max(0, last - limit - Cursor), lines);
        Cursor = last;
        return batch;
    }
}
