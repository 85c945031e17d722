using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>scale</c> and <c>reload</c>: change the plan while the processes run.</summary>
internal static class PlanCommands
{
    public static Command CreateScale()
    {
        var command = new Command("scale", "Change how many instances of processes run");
        var formation = new Argument<string[]>("formation")
        {
            Description = "Names and numbers, such as web=3 worker=0",
            Arity = ArgumentArity.ZeroOrMore,
            CompletionSources = { ProcessWords.Counts },
        };
        formation.Validators.Add(OptionValidators.RefuseUnknown);
        var (folder, client) = (new FolderArguments(), new ClientName());
        command.Add(formation);
        folder.AddTo(command, withPath: false);
        client.AddTo(command);
        command.SetFailableAction(words => words.GetValue(formation) is { Length: > 0 } parts
            ? DaemonRequest.SendAsync(folder.Folder(words), CommandKind.Scale, string.Join(',', parts), client.InitiatorOf(words))
            : throw new CommandFailure($"Error: scale requires names and numbers\nUsage: {InvocationContext.Name} scale web=3 worker=0"));
        return command;
    }

    public static Command CreateReload()
    {
        var command = new Command("reload", "Apply what was changed in Procfile and environment files, and touch nothing else");
        var processes = new Option<string[]>(PlanFlags.OnlyName)
        {
            Description = "Apply it only to these; the others stay as they are",
            HelpName = "names",
            Arity = ArgumentArity.OneOrMore,
            CompletionSources = { ProcessWords.Names },
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only print what would change" };
        var (folder, client) = (new FolderArguments(), new ClientName());
        command.Add(processes);
        command.Add(dryRun);
        folder.AddTo(command);
        client.AddTo(command);
        command.SetFailableAction(words => DaemonRequest.SendAsync(
            folder.Folder(words), words.GetValue(dryRun) ? CommandKind.PreviewReload : CommandKind.Reload,
            words.GetValue(processes) is { Length: > 0 } names ? string.Join(',', names) : null, client.InitiatorOf(words)));
        return command;
    }
}
