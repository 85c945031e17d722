using System.Diagnostics;
using CliWrap;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>
/// One life of a process: a shell that leads its own session and group, and what it prints into. "Exited" and "output ended" are two
/// events, because a grandchild may hold pipes or terminal long after the process is gone.
/// </summary>
internal sealed class ChildProcess : IChild
{
    private readonly TaskCompletionSource<ExitStatus?> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IChildOutput _output;
    private readonly CommandTask<CommandResult> _execution;
    private bool _disposed;

    /// <param name="command">Ends up as a shell that leads a session, under the PID that it starts with.</param>
    /// <param name="mark">Of the run, for the process and all that it starts.</param>
    public ChildProcess(Command command, IChildOutput output, ProcessTag mark)
    {
        _output = output;
        var ready = output.Connect(command).WithValidation(CommandResultValidation.None);
        // CliWrap's cancellation signals one PID and loses the exit code: ending the group is our own business.
        _execution = TaggedProcessStarter.Run(mark, () => ready.ExecuteAsync(null, ReportExit, CancellationToken.None, CancellationToken.None));
        Processes = new RunProcesses(new ProcessGroup(_execution.ProcessId), mark);
        OutputEnded = Task.WhenAll(_execution.Task, output.Ended);
    }

    public int Pid => Group.Id;

    public RunProcesses Processes { get; }

    public ProcessGroup Group => Processes.Group;

    /// <summary>Completes when the process itself has exited, even if its pipes or terminal are still open.</summary>
    public Task<ExitStatus?> Exited => _exited.Task;

    /// <summary>Completes when all that was printed has been read.</summary>
    public Task OutputEnded { get; }

    /// <summary>Why it has pipes although a terminal was asked for; null when it has what was asked for.</summary>
    public string? WhyNoTerminal { get; init; }

    /// <summary>Completes when the group exists: before setsid has run, a stop would have no group to signal.</summary>
    public async Task LeadsGroupAsync(TimeProvider time)
    {
        while (!Group.Exists() && !Exited.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(1), time);
        _output.CloseChildSide();
    }

    /// <summary>Starts reading the output. Called after the start is recorded, so that the record precedes the output.</summary>
    public void StartCapture() => _output.StartReading();

    public AttachableTerminal? Attachable => _output.Attachable;

    /// <summary>Hands it something to read. False when it takes none of it: it has ended, or does not read.</summary>
    public Task<bool> TypeAsync(ReadOnlyMemory<byte> input) => _output.TypeAsync(input);

    // CliWrap's own task ends with the output; this ends with the process.
    private void ReportExit(Process process)
    {
        process.Exited += (_, _) => _exited.TrySetResult(new ExitStatus(process.ExitCode));
        process.EnableRaisingEvents = true;
        if (process.HasExited) _exited.TrySetResult(new ExitStatus(process.ExitCode)); // before the handler was there
    }

    /// <summary>Stops reading, even if pipes or terminal are still open. Idempotent: a failed start keeps its predecessor.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        StartCapture();
        await _output.StopReadingAsync();
        await OutputEnded;
        _output.Dispose();
    }
}
