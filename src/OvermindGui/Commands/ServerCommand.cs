using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Hosting;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>server</c>: the daemon, when none runs here yet, and the dashboard.</summary>
internal static class ServerCommand
{
    public static Command Create()
    {
        var command = new Command("server", "Run the Procfile's processes and show them in the browser (the default command)");
        command.Aliases.Add("s");
        var folder = new FolderArguments();
        var options = new ServerOptions();
        folder.AddTo(command);
        options.AddTo(command);
        command.SetFailableAction(words => RunAsync(folder.FolderWithProcfile(words, options.Plan.Read(words).Options), options, words));
        return command;
    }

    public static async Task<int> RunAsync(ProjectFolder folder, ServerOptions options, ParseResult words)
    {
        using var termination = new Termination();
        var daemonOptions = options.DaemonArguments(words);
        using var entrance = options.Access.Open(words, folder, words.GetValue(options.Port));
        var launcher = new DaemonLauncher(SelfExecutable.Current(), daemonOptions);
        if (!DaemonLock.IsHeld(folder)) options.TellWithoutEffect(words);
        var started = await EnsureDaemonAsync(folder, launcher) || words.GetValue(options.StartedDaemon);
        using var session = new DashboardSession(folder, entrance, launcher, options.Browser(words), termination, ownsDaemon: true, started);
        return await session.RunAsync();
    }

    // Whether it had to be started.
    private static async Task<bool> EnsureDaemonAsync(ProjectFolder folder, DaemonLauncher launcher)
    {
        if (!DaemonLock.IsHeld(folder))
        {
            if (await launcher.StartAsync(folder, CancellationToken.None) is { } failure) throw new CommandFailure(failure);
            return true;
        }

        Console.WriteLine($"Found a running daemon (PID {DaemonLock.ReadPid(folder)})");
        if (launcher.Options.Count > 0)
            Console.WriteLine($"It keeps the options it was started with: {string.Join(' ', launcher.Options)} has no effect on it");
        return false;
    }
}
