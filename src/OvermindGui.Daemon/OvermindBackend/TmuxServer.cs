using System.ComponentModel;
using CliWrap;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>The tmux server that overmind leaves behind when it crashes. It keeps its windows open until it is killed.</summary>
internal static class TmuxServer
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Ends it; that there is none is no error.</summary>
    public static async Task KillAsync(OvermindTools tools, string socketName)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        try
        {
            var command = Cli.Wrap(tools.Tmux).WithArguments(["-L", socketName, "kill-server"]).WithValidation(CommandResultValidation.None);
            await TaggedProcessStarter.WithoutMark(() => command.ExecuteAsync(deadline.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or Win32Exception)
        {
            // Its processes were ended one by one before; an empty server does no harm.
        }
    }
}
