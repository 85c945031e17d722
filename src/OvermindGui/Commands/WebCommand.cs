using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>
/// <c>web</c> or <c>dashboard</c>: serves only the dashboard, for a daemon that is started separately; with <c>--all</c>, that of all projects of the user;
/// with <c>--hub</c>, that of a hub.
/// </summary>
internal static class WebCommand
{
    public const string NoDaemonName = "--no-daemon";
    public const string AllName = "--all";

    public static Command Create()
    {
        var command = new Command("web", "Run the dashboard alone; with --all, one for all your projects; with --hub, one for many machines");
        command.Aliases.Add("dashboard");
        var folder = new FolderArguments();
        var options = new ServerOptions();
        folder.AddTo(command);
        options.AddTo(command);
        var noDaemon = new Option<bool>(NoDaemonName) { Description = "Never start a daemon: it runs elsewhere, such as in another container" };
        var detached = new Option<bool>(DaemonLauncher.DetachedOption) { Hidden = true };
        var all = new Option<bool>(AllName) { Description = "Show all your projects, each below /p/NAME/, to you alone (on a loopback address)" };
        all.Validators.Add(result =>
        {
            if (!result.GetValueOrDefault<bool>()) return;
            var other = command.Options.FirstOrDefault(o => result.GetResult(o) is { Implicit: false } && !MeantForAll(o, options))?.Name
                ?? (result.GetResult(folder.Path) is { Tokens.Count: > 0 } ? "PATH" : null);
            if (other is not null) result.AddError($"{other} is about one project, and {AllName} shows all of them");
        });
        command.Add(noDaemon);
        command.Add(all);
        command.Add(detached);
        command.SetFailableAction(async words =>
        {
            if (words.GetValue(detached)) StartingTerminal.LeaveSession();
            if (options.Daemon.HubFlag(words) is { } hub) return await HubDashboard.RunAsync(words, options, folder.Folder(words), hub);
            using var termination = new Termination();
            if (words.GetValue(all)) return await ServeAllAsync(options, words, termination);
            var project = folder.Folder(words);
            var launcher = words.GetValue(noDaemon) ? null : new DaemonLauncher(SelfExecutable.Current(), options.DaemonArguments(words));
            using var entrance = options.Access.Open(words, project, words.GetValue(options.Port));
            using var session = new DashboardSession(
                project, entrance, launcher, options.Browser(words), termination, ownsDaemon: false, startedDaemon: Task.FromResult(false),
                isDetached: words.GetValue(detached));
            return await session.RunAsync();
        });
        return command;

        bool MeantForAll(Option option, ServerOptions server) => option == all || option == server.Port || option == server.NoUi || option == server.Window || server.Access.IsForAnyProject(option);
    }

    private static async Task<int> ServeAllAsync(ServerOptions options, ParseResult words, Termination termination)
    {
        using var entrance = options.Access.OpenForAll(words, words.GetValue(options.Port));
        using var session = new AllProjectsSession(entrance, options.Browser(words), termination);
        return await session.RunAsync();
    }
}
