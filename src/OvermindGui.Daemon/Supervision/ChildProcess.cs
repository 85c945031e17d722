using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using OvermindGui.Core.Output;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Output;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// One life of a process: a shell that leads its own session and group, its output captured over pipes. "Exited" and "output ended"
/// are two events, because a grandchild may hold the pipes long after the process is gone.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _captureBegins = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _letGo = new();
    private readonly CommandTask<CommandResult> _execution;

    private ChildProcess(ProcessSpec spec, StreamCapture output, StreamCapture errors, TimeProvider time)
    {
        _execution = Cli.Wrap("setsid")
            // setsid does not fork here (a child of ours leads no group), so its PID is the shell's. Children of .NET inherit SIGPIPE
            // ignored, and "yes | head -1" would then complain instead of ending.
            .WithArguments(["env", "--default-signal=PIPE", "/bin/sh", "-c", spec.Command])
            .WithWorkingDirectory(spec.WorkingDirectory)
            .WithEnvironmentVariables(spec.Environment)
            .WithValidation(CommandResultValidation.None)
            // Programs such as esbuild --watch end when their input does: keep it open and silent.
            .WithStandardInputPipe(PipeSource.Create((_, cancellation) => Task.Delay(Timeout.Infinite, cancellation)))
            .WithStandardOutputPipe(PipeTarget.Create((stream, _) => CaptureAsync(output, stream, time)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, _) => CaptureAsync(errors, stream, time)))
            // CliWrap's cancellation signals one PID and loses the exit code: ending the group is our own business.
            .ExecuteAsync(null, ReportExit, CancellationToken.None, CancellationToken.None);
        Group = new ProcessGroup(_execution.ProcessId);
    }

    public int Pid => Group.Id;

    public ProcessGroup Group { get; }

    /// <summary>Completes when the process itself has ended, whoever still holds its pipes.</summary>
    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>Completes when both streams have been read to their end.</summary>
    public Task OutputEnded => _execution.Task;

    /// <exception cref="Win32Exception">The shell could not be started at all.</exception>
    public static async Task<ChildProcess> StartAsync(ProcessSpec spec, RunIdentity run, StoreQueue queue, TimeProvider time)
    {
        var child = new ChildProcess(
            spec,
            new StreamCapture(run, LineSource.StandardOutput, TerminalSize.Default, queue, time),
            new StreamCapture(run, LineSource.StandardError, TerminalSize.Default, queue, time),
            time);
        // Until setsid has run there is no group of this number, and a stop that came now would find nobody to signal.
        while (!child.Group.Exists() && !child.Exited.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        return child;
    }

    /// <summary>Lets the output in. Until then it waits in the pipes, so that what is recorded of the start stands before it.</summary>
    public void BeginCapture() => _captureBegins.TrySetResult();

    private async Task CaptureAsync(StreamCapture capture, Stream stream, TimeProvider time)
    {
        await _captureBegins.Task;
        await PipeReader.ReadAsync(stream, capture, time, _letGo.Token);
    }

    // CliWrap's own task ends with the output; this ends with the process.
    private void ReportExit(Process process)
    {
        process.Exited += (_, _) => _exited.TrySetResult(new ExitStatus(process.ExitCode));
        process.EnableRaisingEvents = true;
        if (process.HasExited) _exited.TrySetResult(new ExitStatus(process.ExitCode)); // before the handler was there
    }

    /// <summary>Stops reading from whoever still holds the pipes.</summary>
    public async ValueTask DisposeAsync()
    {
        BeginCapture();
        await _letGo.CancelAsync();
        await _execution.Task;
        _letGo.Dispose();
    }
}
