using System.CommandLine;
using OvermindGui.Completion;
using OvermindGui.Connections;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>connect</c>: attaches to a process's output and input; in overmind mode, runs overmind's own command.</summary>
internal static class ConnectCommand
{
    public static Command Create()
    {
        var command = new Command("connect", "Print a process's output as it comes, and hand it what you type, line by line");
        command.Aliases.Add("c");
        var name = new Argument<string?>("process_name")
        {
            Description = "Name in the Procfile",
            Arity = ArgumentArity.ZeroOrOne,
            CompletionSources = { ProcessWords.Names },
        };
        name.Validators.Add(OptionValidators.RefuseUnknown);
        var folder = new FolderArguments();
        command.Add(name);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            var project = folder.Folder(words);
            if (!DaemonLock.IsHeld(project)) throw new CommandFailure($"Error: No daemon running in {project}");
            if (RecordedMode.Of(project) == DaemonMode.Overmind) OvermindWindow.Show(project, words.GetValue(name));
            return new ProcessConnection(project, words.GetValue(name)).RunAsync();
        });
        return command;
    }
}
