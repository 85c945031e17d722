using CliWrap;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Supervision;

/// <summary>A pipe for each stream: the two are told apart, but programs see that nobody looks.</summary>
internal sealed class PipeOutput(StreamCapture output, StreamCapture errors, TimeProvider time) : IChildOutput
{
    private readonly TaskCompletionSource _begins = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _letGo = new();

    public string? Terminal => null;

    /// <summary>CliWrap's own task ends with the pipes.</summary>
    public Task Ended => Task.CompletedTask;

    public Command Connect(Command command) => command
        // Programs such as esbuild --watch end when their input does: keep it open and silent.
        .WithStandardInputPipe(PipeSource.Create((_, cancellation) => Task.Delay(Timeout.Infinite, cancellation)))
        .WithStandardOutputPipe(PipeTarget.Create((stream, _) => CaptureAsync(output, stream)))
        .WithStandardErrorPipe(PipeTarget.Create((stream, _) => CaptureAsync(errors, stream)));

    public void LeaveToChild()
    {
        // CliWrap has closed our copies of the child's ends.
    }

    public void Begin() => _begins.TrySetResult();

    public Task LetGoAsync() => _letGo.CancelAsync();

    public void Dispose() => _letGo.Dispose();

    private async Task CaptureAsync(StreamCapture capture, Stream stream)
    {
        await _begins.Task;
        await PipeReader.ReadAsync(stream, capture, time, _letGo.Token);
    }
}
