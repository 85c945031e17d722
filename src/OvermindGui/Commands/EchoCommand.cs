using System.CommandLine;
using OvermindGui.Core.Output;
using OvermindGui.Invocation;
using OvermindGui.Options;
using OvermindGui.Output;

namespace OvermindGui.Commands;

/// <summary><c>echo</c>: prints all output as it arrives; overmind's word for <c>logs -f</c>.</summary>
internal static class EchoCommand
{
    public static Command Create()
    {
        var command = new Command("echo", "Print the output of all processes as it comes (the same as logs -f)");
        var folder = new FolderArguments();
        folder.AddTo(command);
        command.SetFailableAction(words => new LogSession(folder.Folder(words), Everything()).RunAsync());
        return command;
    }

    private static LogRequest Everything() => new()
    {
        Names = [],
        Count = LogsOptions.FollowedFrom,
        Filter = LineFilter.Everything,
        Follow = true,
        Json = false,
        Color = ColorChoice.Of(color: false, noColor: false),
        Timestamps = InvocationContext.ShowTimestamps,
    };
}
