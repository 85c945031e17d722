namespace OvermindGui.Daemon.Capture;

/// <summary>Reads a pipe to its end.</summary>
internal static class PipeReader
{
    private const int BufferSize = 4 * 1024; // as a terminal gives at once; what was read and is not stored is lost with a daemon that is killed

    /// <param name="stopReading">Ends the reading although someone still holds the other end open; what was read is kept.</param>
    public static async Task ReadAsync(Stream pipe, StreamCapture capture, TimeProvider time, CancellationToken stopReading)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        try
        {
            while (true)
            {
                var reading = pipe.ReadAsync(buffer, stopReading).AsTask();
                while (capture.FlushDue is var due && due != Timeout.InfiniteTimeSpan && !reading.IsCompleted)
                {
                    await Task.WhenAny(reading, Task.Delay(due, time, stopReading));
                    if (!reading.IsCompleted) await capture.FlushAsync();
                }

                var read = await reading;
                if (read == 0) break;
                await capture.FeedAsync(buffer.AsSpan(0, read));
            }
        }
        catch (OperationCanceledException) when (stopReading.IsCancellationRequested)
        {
            // A grandchild outlives its run with our pipe in hand.
        }

        await capture.CompleteAsync();
    }
}
