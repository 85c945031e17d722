using System.CommandLine;
using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;
using OvermindGui.Hosting;

namespace OvermindGui.Commands;

/// <summary><c>start</c>, <c>stop</c> and <c>restart</c>: they answer when it has been done.</summary>
internal static class ProcessCommands
{
    // A restart of a process that ignores SIGTERM takes seven seconds, and others may be asked of it at the same time.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static Command Create(CommandKind kind, string description)
    {
        var command = new Command(kind.ToText(), description);
        var name = new Argument<string?>("process_name") { Description = "Name in the Procfile", Arity = ArgumentArity.ZeroOrOne };
        var folder = new FolderArguments();
        command.Add(name);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(async words =>
        {
            var process = words.GetValue(name) ?? throw new CommandFailure(
                $"Error: {kind.ToText()} requires a process name\nUsage: {Invocation.Name} {kind.ToText()} <process_name>");
            var client = new CommandClient(OvermindDatabase.ForClient(folder.Folder(words)), TimeProvider.System);
            var outcome = await client.SendAsync(kind, process, Timeout, CancellationToken.None);
            if (!outcome.Succeeded) throw new CommandFailure($"Error: {outcome.Message}");
            Console.WriteLine(outcome.Message);
            return 0;
        });
        return command;
    }
}
