using System.Threading.Channels;
using CliWrap;
using OvermindGui.Daemon.Capture;

namespace OvermindGui.Daemon.Launching;

/// <summary>One pipe per stream: this separates the two streams, but programs see that they do not write to a terminal.</summary>
internal sealed class PipeOutput(StreamCapture output, StreamCapture errors, TimeProvider time) : IChildOutput
{
    private readonly TaskCompletionSource _begins = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopReading = new();
    // The kernel buffers 64 KiB of unread input. A program that reads nothing for this long does not read its input at all.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<TypedInput> _typed = Channel.CreateUnbounded<TypedInput>(new() { SingleReader = true });

    private sealed record TypedInput(ReadOnlyMemory<byte> Bytes, TaskCompletionSource<bool> Taken);

    public string? Terminal => null;

    public AttachableTerminal? Attachable => null;

    /// <summary>CliWrap's own task ends with the pipes.</summary>
    public Task Ended => Task.CompletedTask;

    public Command Connect(Command command) => command
        // Programs such as esbuild --watch end when their input does, so it stays open, and empty until input is sent.
        .WithStandardInputPipe(PipeSource.Create(HandOverAsync))
        .WithStandardOutputPipe(PipeTarget.Create((stream, _) => CaptureAsync(output, stream)))
        .WithStandardErrorPipe(PipeTarget.Create((stream, _) => CaptureAsync(errors, stream)));

    public void CloseChildSide()
    {
        // CliWrap has closed our copies of the child's ends.
    }

    public void StartReading() => _begins.TrySetResult();

    public Task StopReadingAsync() => _stopReading.CancelAsync();

    public async Task<bool> TypeAsync(ReadOnlyMemory<byte> input)
    {
        var typed = new TypedInput(WithLineFeeds(input), new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!_typed.Writer.TryWrite(typed)) return false;
        return await Task.WhenAny(typed.Taken.Task, Task.Delay(Patience, time)) == typed.Taken.Task && await typed.Taken.Task;
    }

    public void Dispose() => _stopReading.Dispose();

    // A terminal makes a line feed of Enter, which is a carriage return (ICRNL, termios(3)); a pipe passes on what it gets.
    private static byte[] WithLineFeeds(ReadOnlyMemory<byte> input)
    {
        var bytes = input.ToArray();
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n')) bytes[i] = (byte)'\n';
        return bytes;
    }

    private async Task HandOverAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var typed in _typed.Reader.ReadAllAsync(cancellationToken)) typed.Taken.SetResult(await TryWriteAsync(stream, typed.Bytes, cancellationToken));
        }
        finally
        {
            _typed.Writer.TryComplete();
            while (_typed.Reader.TryRead(out var late)) late.Taken.TrySetResult(false);
        }
    }

    private static async Task<bool> TryWriteAsync(Stream stream, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return false; // it has closed its input, or ended
        }
    }

    private async Task CaptureAsync(StreamCapture capture, Stream stream)
    {
        await _begins.Task;
        await PipeReader.ReadAsync(stream, capture, time, _stopReading.Token);
    }
}
