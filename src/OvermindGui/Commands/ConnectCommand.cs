using System.CommandLine;
using OvermindGui.Connections;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>connect</c>: attaches to a process's terminal; in overmind mode, runs overmind's own command.</summary>
internal static class ConnectCommand
{
    public static Command Create()
    {
        var command = new Command("connect", "Attach to a process's terminal: see its screen and type there");
        command.Aliases.Add("c");
        var name = new Argument<string?>("process_name")
        {
            Description = "Name in the Procfile",
            Arity = ArgumentArity.ZeroOrOne,
            CompletionSources = { ProcessWords.Names },
        };
        var detachKeys = new Option<string>("--detach-keys")
        {
            Description = $"Keys that detach, with commas between them (none: \"\"): {TerminalKeys.Known}",
            HelpName = "keys",
            DefaultValueFactory = _ => DetachKeys.Default,
        };
        var readOnly = new Option<bool>("--read-only") { Description = "Only look: nothing is typed, and the window keeps its size" };
        name.Validators.Add(OptionValidators.RefuseUnknown);
        detachKeys.Validators.Add(result =>
        {
            if (DetachKeys.Parse(result.Valid<string>() ?? "").Unknown is { } unknown)
                result.AddError($"--detach-keys: there is no key \"{unknown}\" (known: {TerminalKeys.Known})");
        });
        var folder = new FolderArguments();
        command.Add(name);
        command.Add(detachKeys);
        command.Add(readOnly);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(async words =>
        {
            var project = folder.Folder(words);
            if (!DaemonLock.IsHeld(project)) throw new CommandFailure($"Error: No daemon running in {project}");
            if (RecordedMode.Of(project) == DaemonMode.Overmind) OvermindWindow.Show(project, words.GetValue(name));
            var process = Find(project, words.GetValue(name));
            var keys = words.GetValue(detachKeys)!;
            if (RawTerminal.IsThere)
            {
                using var session = new TerminalSession(project, process, DetachKeys.Parse(keys).Keys!, keys, words.GetValue(readOnly));
                if (await session.RunAsync() is { } exitCode) return exitCode;
            }

            return await new ProcessConnection(project, process, words.GetValue(readOnly)).RunAsync();
        });
        return command;
    }

    private static string Find(ProjectFolder folder, string? name)
    {
        var known = new SystemReader(OvermindDatabase.In(folder)).Read().Processes.Select(p => p.Name).ToList();
        var (meant, _) = NamePattern.Select(name is null ? [] : [name], known);
        return meant is [var one] ? one : throw new CommandFailure(
            $"Error: {(name is null ? "connect requires a process name" : meant.Count == 0 ? $"Unknown process: {name}" : $"{name} means several processes")}"
            + $" (known: {string.Join(", ", known)})\nUsage: {InvocationContext.Name} connect <process_name>");
    }
}
