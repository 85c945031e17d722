using System.Collections;
using System.CommandLine;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Projects;
using OvermindGui.Daemon.Overmind;
using OvermindGui.Hosting;

namespace OvermindGui.Commands;

/// <summary><c>connect</c>: in overmind mode, overmind's own; a process that the daemon runs itself has no screen to connect to.</summary>
internal static class ConnectCommand
{
    public static Command Create()
    {
        var command = new Command("connect", "Connect to a process's tmux window (overmind mode only)");
        command.Aliases.Add("c");
        var name = new Argument<string?>("process_name") { Description = "Name in the Procfile", Arity = ArgumentArity.ZeroOrOne };
        name.Validators.Add(OptionWords.RefuseUnknown);
        var folder = new FolderArguments();
        command.Add(name);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            Connect(folder.Folder(words), words.GetValue(name));
            return Task.FromResult(0); // not reached: overmind has taken our place
        });
        return command;
    }

    private static void Connect(ProjectFolder folder, string? name)
    {
        if (!DaemonLock.IsHeld(folder)) throw new CommandFailure($"Error: No daemon running in {folder}");
        var process = name ?? "NAME";
        if (RecordedMode.Of(folder) != DaemonMode.Overmind)
            throw new CommandFailure(
                $"""
                Error: connect works in overmind mode only, where each process has a window of tmux
                To watch its output: {Invocation.Name} logs {process} -f
                For a shell in its environment: {Invocation.Name} run --process {process} sh
                """);
        var arguments = OvermindConnection.Arguments(name);
        try
        {
            var overmind = OvermindConnection.Find(Environment.GetEnvironmentVariable("PATH") ?? "");
            Directory.SetCurrentDirectory(folder.Root);
            ProcessImage.Replace(overmind, ["overmind", .. arguments], Variables());
        }
        catch (Exception e) when (e is Daemon.Hosting.StartupException or System.ComponentModel.Win32Exception)
        {
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string)v.Value!);
}
