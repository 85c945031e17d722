using CliWrap;
using OvermindGui.Core.Contracts;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision;

/// <summary>A command that runs beside a process and ends by itself. It leads a session of its own, and is killed with all that it started when it is cancelled.</summary>
internal sealed class CompanionCommand(TaggedCommand command, TimeProvider time)
{
    private const int MostLines = 200;

    /// <param name="printed">Called with each line that it prints, up to a bound.</param>
    /// <returns>How it ended.</returns>
    public async Task<ExitStatus> RunAsync(Action<string> printed, CancellationToken cancellationToken)
    {
        var lines = 0;
        var target = PipeTarget.ToDelegate(line =>
        {
            if (Interlocked.Increment(ref lines) <= MostLines) printed(line);
        });
        var ready = command.Command.WithStandardOutputPipe(target).WithStandardErrorPipe(target).WithValidation(CommandResultValidation.None);
        var execution = TaggedProcessStarter.Run(command.Mark, () => ready.ExecuteAsync(CancellationToken.None, CancellationToken.None));
        var group = new ProcessGroup(execution.ProcessId);
        await using var end = cancellationToken.Register(() => group.Signal(ProcessGroup.Kill));
        while (!group.Exists() && !execution.Task.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(1), time, CancellationToken.None);
        if (cancellationToken.IsCancellationRequested) group.Signal(ProcessGroup.Kill); // before setsid had run, the signal reached nothing
        var result = await execution;
        if (lines > MostLines) printed($"… and {lines - MostLines} more lines");
        return new ExitStatus(result.ExitCode);
    }
}
