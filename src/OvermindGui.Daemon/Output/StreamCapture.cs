using OvermindGui.Core.Data;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Output;

/// <summary>Which run of which process a stream belongs to.</summary>
internal sealed record RunIdentity(int ProcessId, long RunId);

/// <summary>Reads one stream of one run to its end: bytes → lines → queue.</summary>
internal sealed class StreamCapture(RunIdentity run, LineSource source, StoreQueue queue, TimeProvider time)
{
    private const int BufferSize = 64 * 1024; // a Linux pipe holds as much

    /// <param name="letGo">Ends the reading although someone still holds the other end open; what was read is kept.</param>
    public async Task RunAsync(Stream stream, CancellationToken letGo)
    {
        var lines = new List<StyledLine>();
        var assembler = new LineAssembler(lines.Add);
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        try
        {
            while (await stream.ReadAsync(buffer, letGo) is > 0 and var read)
            {
                assembler.Feed(buffer.AsSpan(0, read));
                await StoreAsync(lines);
            }
        }
        catch (OperationCanceledException) when (letGo.IsCancellationRequested)
        {
            // A grandchild outlives its run with our pipe in hand.
        }

        assembler.Complete();
        await StoreAsync(lines);
    }

    private async ValueTask StoreAsync(List<StyledLine> lines)
    {
        if (lines.Count == 0) return;
        var batch = new LineBatch(run.ProcessId, run.RunId, source, time.Milliseconds(), [.. lines]);
        lines.Clear();
        await queue.EnqueueAsync(batch);
    }
}
