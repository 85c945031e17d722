using System.CommandLine;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>web</c>: serves only the dashboard, for a daemon that is started separately.</summary>
internal static class WebCommand
{
    public const string NoDaemonName = "--no-daemon";

    public static Command Create()
    {
        var command = new Command("web", "Run the dashboard alone");
        var folder = new FolderArguments();
        var options = new ServerOptions();
        folder.AddTo(command);
        options.AddTo(command);
        var noDaemon = new Option<bool>(NoDaemonName) { Description = "Never start a daemon: it runs elsewhere, such as in another container" };
        var detached = new Option<bool>(DaemonLauncher.DetachedOption) { Hidden = true };
        command.Add(noDaemon);
        command.Add(detached);
        command.SetFailableAction(async words =>
        {
            if (words.GetValue(detached)) StartingTerminal.LeaveSession();
            using var termination = new Termination();
            var project = folder.Folder(words);
            var launcher = words.GetValue(noDaemon) ? null : new DaemonLauncher(SelfExecutable.Current(), options.DaemonArguments(words));
            using var entrance = options.Access.Open(words, project, words.GetValue(options.Port));
            using var session = new DashboardSession(
                project, entrance, launcher, options.Browser(words), termination, ownsDaemon: false, startedDaemon: Task.FromResult(false),
                isDetached: words.GetValue(detached));
            return await session.RunAsync();
        });
        return command;
    }
}
