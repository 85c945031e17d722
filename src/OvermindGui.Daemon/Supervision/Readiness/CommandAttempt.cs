using System.ComponentModel;
using System.Diagnostics;
using CliWrap;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Ready when a command ends with code 0. Whatever it left running is killed, and so is the command itself when it is cancelled.</summary>
/// <param name="command">Leads a session of its own, see <see cref="SessionCommands"/>.</param>
internal sealed class CommandAttempt(TaggedCommand command, TimeProvider time) : IReadyAttempt
{
    public async Task<string?> LookAsync(CancellationToken cancellationToken)
    {
        var exited = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        CommandTask<CommandResult> execution;
        try
        {
            // CliWrap's cancellation signals one PID, and its task waits until all pipes are closed; so we signal the group ourselves.
            var ready = command.Command.WithValidation(CommandResultValidation.None);
            execution = TaggedProcessStarter.Run(
                command.Mark, () => ready.ExecuteAsync(null, process => ReportExit(process, exited), CancellationToken.None, CancellationToken.None));
        }
        catch (Win32Exception e)
        {
            return $"it could not be run: {e.Message}";
        }

        var group = new ProcessGroup(execution.ProcessId);
        try
        {
            var code = await exited.Task.WaitAsync(cancellationToken);
            return code == 0 ? null : $"it ended with code {code}";
        }
        finally
        {
            // Before setsid has run, a signal would reach no process.
            while (!group.Exists() && !exited.Task.IsCompleted) await Task.Delay(TimeSpan.FromMilliseconds(1), time, CancellationToken.None);
            group.Signal(ProcessGroup.Kill);
            await execution;
        }
    }

    private static void ReportExit(Process process, TaskCompletionSource<int> exited)
    {
        process.Exited += (_, _) => exited.TrySetResult(process.ExitCode);
        process.EnableRaisingEvents = true;
        if (process.HasExited) exited.TrySetResult(process.ExitCode); // before the handler was there
    }
}
