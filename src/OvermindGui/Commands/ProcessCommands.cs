using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>start</c>, <c>stop</c>, <c>restart</c> and <c>kill</c>; each returns when the action is complete.</summary>
internal static class ProcessCommands
{
    public static Command Create(CommandKind kind, string description, params string[] aliases)
    {
        var command = new Command(kind.ToText(), description);
        var names = new ProcessNames();
        var folder = new FolderArguments();
        foreach (var alias in aliases) command.Aliases.Add(alias);
        names.AddTo(command);
        folder.AddTo(command, withPath: false);
        command.SetFailableAction(words =>
        {
            var subject = names.Subject(words, kind);
            return DaemonRequest.SendAsync(folder.Folder(words), kind, subject);
        });
        return command;
    }
}
