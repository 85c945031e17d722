using CliWrap;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>The pipes that overmind prints into: the lines of all its processes in one, its complaints in the other.</summary>
internal sealed class CombinedOutput(IOutputReader reader, TimeProvider time) : IChildOutput
{
    private const int BufferSize = 64 * 1024; // a Linux pipe holds as much

    // .NET needs a moment to read available data; a longer wait means that there is none yet.
    private static readonly TimeSpan ReadingTime = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stopReading = new();
    private readonly OutputSplitter _splitter = new();
    private long _waitsSince = long.MaxValue;
    private long _allReadAt;

    public string? Terminal => null;

    /// <summary>CliWrap's own task ends with the pipes.</summary>
    public Task Ended => Task.CompletedTask;

    /// <summary>When there was nothing left to read, in ticks of the clock: now, or at some moment before.</summary>
    public long AllReadAt
    {
        get
        {
            var (since, now) = (Volatile.Read(ref _waitsSince), time.GetTimestamp());
            return since < now && time.GetElapsedTime(since, now) >= ReadingTime ? now : Volatile.Read(ref _allReadAt);
        }
    }

    public Command Connect(Command command) => command
        .WithStandardOutputPipe(PipeTarget.Create((stream, _) => ReadAsync(stream)))
        .WithStandardErrorPipe(PipeTarget.Create((stream, _) => ReadComplaintsAsync(stream)));

    public void CloseChildSide()
    {
        // CliWrap has closed our copies of the child's ends.
    }

    public void StartReading()
    {
        // Overmind reports a start in the output itself, so there is no record to wait for.
    }

    /// <summary>Overmind itself takes no input: its processes have windows of their own.</summary>
    public AttachableTerminal? Attachable => null;

    public Task<bool> TypeAsync(ReadOnlyMemory<byte> input) => Task.FromResult(false);

    public Task StopReadingAsync() => _stopReading.CancelAsync();

    public void Dispose() => _stopReading.Dispose();

    private async Task ReadAsync(Stream pipe)
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        try
        {
            var due = Timeout.InfiniteTimeSpan;
            while (true)
            {
                var reading = pipe.ReadAsync(buffer, _stopReading.Token).AsTask();
                var waitsSince = time.GetTimestamp();
                Volatile.Write(ref _waitsSince, waitsSince);
                while (due != Timeout.InfiniteTimeSpan && !reading.IsCompleted)
                {
                    await Task.WhenAny(reading, Task.Delay(due, time, _stopReading.Token));
                    if (!reading.IsCompleted) due = await reader.FlushAsync();
                }

                var read = await reading;
                Volatile.Write(ref _waitsSince, long.MaxValue);
                if (time.GetElapsedTime(waitsSince) >= ReadingTime) Volatile.Write(ref _allReadAt, time.GetTimestamp());
                if (read == 0) break;
                due = await reader.ReadAsync(_splitter.Feed(buffer.AsSpan(0, read)));
            }
        }
        catch (OperationCanceledException) when (_stopReading.IsCancellationRequested)
        {
            // Someone outlives overmind with its pipe in hand.
        }

        await reader.ReadAsync(_splitter.Complete());
    }

    private async Task ReadComplaintsAsync(Stream pipe)
    {
        using var lines = new StreamReader(pipe);
        try
        {
            while (await lines.ReadLineAsync(_stopReading.Token) is { } line) await reader.ComplainAsync(line);
        }
        catch (OperationCanceledException) when (_stopReading.IsCancellationRequested)
        {
            // as above
        }
    }
}
