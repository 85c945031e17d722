using System.CommandLine;
using OvermindGui.Core.Projects;
using OvermindGui.Hosting;

namespace OvermindGui.Commands;

/// <summary><c>web</c>: the dashboard alone, for a daemon that someone else starts.</summary>
internal static class WebCommand
{
    public static Command Create()
    {
        var command = new Command("web", "Run the dashboard alone");
        var folder = new FolderArguments();
        var options = new ServerOptions();
        folder.AddTo(command);
        options.AddTo(command);
        command.SetFailableAction(async words =>
        {
            var project = folder.Folder(words);
            var launcher = new DaemonLauncher(SelfExecutable.Current(), options.DaemonArguments(words));
            using var entrance = options.Access.Open(words, project, words.GetValue(options.Port));
            using var session = new DashboardSession(project, entrance, launcher, options.Browser(words), ownsDaemon: false, startedDaemon: false);
            return await session.RunAsync();
        });
        return command;
    }
}
