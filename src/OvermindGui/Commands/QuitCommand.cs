using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>quit</c>: stops all processes, then the daemon.</summary>
internal static class QuitCommand
{
    public static Command Create()
    {
        var command = new Command("quit", "Stop all processes and the daemon");
        command.Aliases.Add("q");
        command.Aliases.Add("down");
        var (folder, client) = (new FolderArguments(), new ClientName());
        folder.AddTo(command);
        client.AddTo(command);
        command.SetFailableAction(words => QuitAsync(folder.Folder(words), client.InitiatorOf(words)));
        return command;
    }

    private static async Task<int> QuitAsync(ProjectFolder folder, Initiator by)
    {
        // Its PID file may have just been deleted; the socket still answers.
        if (!DaemonLock.IsHeld(folder) && await RunningDaemon.FindAsync(folder, CancellationToken.None) is null)
            throw new CommandFailure(DaemonLock.RemoveStale(folder)
                ? "Error: No daemon running (a stale PID file was removed)"
                : "Error: No daemon running (PID file not found)");
        Console.WriteLine($"Stopping {RecordedMode.Of(folder).ToText()} daemon (PID {DaemonLock.ReadPid(folder)})...");
        var outcome = await new CommandClient(OvermindDatabase.In(folder), TimeProvider.System, by).QuitAsync(CancellationToken.None);
        if (!outcome.Succeeded) throw new CommandFailure($"Error: {outcome.Message}");
        Console.WriteLine("✓ Daemon stopped successfully");
        return 0;
    }
}
