using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>server</c>: starts a daemon if none is running here, and serves the dashboard.</summary>
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
        command.SetFailableAction(words => RunAsync(
            folder.FolderWithProcfile(words, options.Plan.Read(words).Options), options, options.DaemonArguments(words), words));
        return command;
    }

    /// <param name="daemonOptions">Options for the daemon if one has to be started.</param>
    public static async Task<int> RunAsync(ProjectFolder folder, ServerOptions options, IReadOnlyList<string> daemonOptions, ParseResult words)
    {
        using var termination = new Termination();
        using var entrance = options.Access.Open(words, folder, words.GetValue(options.Port), options.Plan.Read(words).Options);
        var launcher = new DaemonLauncher(SelfExecutable.Current(), daemonOptions);
        var starts = !DaemonLock.IsHeld(folder);
        if (starts) options.Daemon.WarnWithoutEffect(words);

        // The dashboard starts in parallel, and is announced when both are ready.
        var started = EnsureDaemonAsync(folder, launcher, words.GetValue(options.StartedDaemon));
        if (starts) PrintProcfile(RecordedPlan.Load(folder, options.Plan.Read(words).Options));
        using var session = new DashboardSession(folder, entrance, launcher, options.Browser(words), termination, ownsDaemon: true, started);
        return await session.RunAsync();
    }

    // Prints the Procfile's name if it was chosen automatically.
    private static void PrintProcfile(ProjectPlan plan)
    {
        if (plan.Settings is { IsProcfileGiven: false, Procfile: ProjectFolder.DevelopmentProcfileName })
            Console.WriteLine($"Using {plan.Settings.Procfile}, as there is no {ProjectFolder.ProcfileName}");
        foreach (var hint in plan.Problems.Where(p => p.File == ProjectFolder.DevelopmentProcfileName)) Console.WriteLine($"{hint}");
    }

    // Whether this command started the daemon, now or before a restart in place.
    private static async Task<bool> EnsureDaemonAsync(ProjectFolder folder, DaemonLauncher launcher, bool startedBefore)
    {
        if (!DaemonLock.IsHeld(folder))
        {
            if (await launcher.StartAsync(folder, CancellationToken.None) is { } failure) throw new CommandFailure(failure);
            return true;
        }

        Console.WriteLine($"Found a running daemon (PID {DaemonLock.ReadPid(folder)})");
        if (launcher.Options.Count > 0)
            Console.WriteLine($"It keeps the options it was started with: {string.Join(' ', launcher.Options)} has no effect on it");
        return startedBefore;
    }
}
