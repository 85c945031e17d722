using OvermindGui.Core.Data;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Output;

/// <summary>Which run of which process a stream belongs to.</summary>
internal sealed record RunIdentity(int ProcessId, long RunId);

/// <summary>
/// One stream of one run: bytes in, lines to the queue. It knows nothing of how the bytes are read; whoever reads them asks
/// <see cref="FlushDue"/> how long it may wait for more. One caller at a time.
/// </summary>
internal sealed class StreamCapture
{
    private readonly RunIdentity _run;
    private readonly LineSource _source;
    private readonly StoreQueue _queue;
    private readonly TimeProvider _time;
    private readonly List<StyledLine> _lines = [];
    private readonly LineAssembler _assembler;

    public StreamCapture(RunIdentity run, LineSource source, StoreQueue queue, TimeProvider time)
    {
        (_run, _source, _queue, _time) = (run, source, queue, time);
        _assembler = new LineAssembler(_lines.Add);
    }

    /// <summary>When <see cref="FlushAsync"/> is to be called if no bytes come before; infinite while nothing waits.</summary>
    public TimeSpan FlushDue { get; private set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Reads the next bytes; waits while the queue is full.</summary>
    public ValueTask FeedAsync(ReadOnlySpan<byte> bytes)
    {
        _assembler.Feed(bytes);
        return StoreAsync();
    }

    /// <summary>Stores what has changed in lines that may change again.</summary>
    public ValueTask FlushAsync()
    {
        FlushDue = Timeout.InfiniteTimeSpan;
        return StoreAsync();
    }

    /// <summary>The stream has ended.</summary>
    public ValueTask CompleteAsync()
    {
        _assembler.Complete();
        return StoreAsync();
    }

    private ValueTask StoreAsync()
    {
        if (_lines.Count == 0) return ValueTask.CompletedTask;
        var batch = new LineBatch(_run.ProcessId, _run.RunId, _source, _time.Milliseconds(), [.. _lines]);
        _lines.Clear();
        return _queue.EnqueueAsync(batch);
    }
}
