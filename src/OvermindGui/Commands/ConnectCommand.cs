using System.CommandLine;
using OvermindGui.Completions;
using OvermindGui.Connections;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Projects;

namespace OvermindGui.Commands;

/// <summary><c>connect</c>: to a process's output and input; in overmind mode, overmind's own.</summary>
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
        name.Validators.Add(OptionWords.RefuseUnknown);
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
