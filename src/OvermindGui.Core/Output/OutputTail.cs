using OvermindGui.Core.Data;

namespace OvermindGui.Core.Output;

/// <summary>Follows the end of the log: each call returns what came since the last one. Not thread-safe.</summary>
public sealed class OutputTail(OvermindDatabase database, long cursor)
{
    private readonly OutputHistory _history = new(database);

    /// <summary>Id of the newest line seen.</summary>
    public long Cursor { get; private set; } = cursor;

    /// <summary>The newest lines since the last call, at most <paramref name="limit"/>; what a flood brought beyond is counted, not read.</summary>
    public async Task<TailBatch> ReadAsync(int limit, CancellationToken cancellationToken)
    {
        var last = await _history.LastIdAsync(cancellationToken);
        if (last <= Cursor) return new TailBatch(0, []);
        var after = Math.Max(Cursor, last - limit);
        var lines = await _history.BetweenAsync(after, last + 1, ProcessFilter.Everything, limit, cancellationToken);
        var batch = new TailBatch(after - Cursor, lines);
        Cursor = last;
        return batch;
    }
}
