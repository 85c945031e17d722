using System.CommandLine;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Output;

namespace OvermindGui.Commands;

/// <summary><c>logs</c>: prints stored output and, with <c>-f</c>, new output.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var command = new Command("logs", "Print the output of the processes, also when no daemon runs");
        var options = new LogsOptions();
        var folder = new FolderArguments();
        options.AddTo(command);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words => new LogSession(folder.Folder(words), options.Request(words)).RunAsync());
        return command;
    }
}
