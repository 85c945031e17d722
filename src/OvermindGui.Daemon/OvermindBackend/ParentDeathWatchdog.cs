using System.Text;
using CliWrap;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// A shell that waits for the daemon to die. If the daemon is killed, tmux and its processes would keep running, and the next daemon
/// would start them a second time. The shell then sees its input end without the final message, and kills the tmux server.
/// </summary>
internal sealed class ParentDeathWatchdog : IAsyncDisposable
{
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CommandTask<CommandResult> _shell;

    /// <param name="sessionCommand">How a shell leads a session of its own: what kills the daemon must not reach it.</param>
    /// <param name="tmuxSocket">Completes when its name is known.</param>
    public ParentDeathWatchdog(SessionCommand sessionCommand, OvermindTools tools, Task<string> tmuxSocket) =>
        _shell = TaggedProcessStarter.WithoutMark(() => sessionCommand(SessionCommands.SystemShell, $"""read -r socket || exit 0; read -r word || exec {ShellWords.Quote(tools.Tmux)} -L "$socket" kill-server""", null)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.Create((input, _) => SpeakAsync(input, tmuxSocket)))
            .ExecuteAsync());

    /// <summary>The daemon ends in order: there is nothing to guard any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _shell;
    }

    private async Task SpeakAsync(Stream input, Task<string> tmuxSocket)
    {
        if (await Task.WhenAny(tmuxSocket, _release.Task) != tmuxSocket) return;
        await input.WriteAsync(Encoding.UTF8.GetBytes($"{await tmuxSocket}\n"));
        await input.FlushAsync();
        await _release.Task;
        await input.WriteAsync("done\n"u8.ToArray());
    }
}
