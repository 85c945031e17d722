using System.CommandLine;
using OvermindGui.Agents;
using OvermindGui.Core.Contracts;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>stop</c>, <c>restart</c> and <c>kill</c>; each returns when the action is complete.</summary>
internal static class ProcessCommands
{
    public static Command Create(CommandKind kind, string description, params string[] aliases)
    {
        var command = new Command(kind.ToText(), description);
        var (names, arguments, report) = (new ProcessNames(), new SessionArguments(), new ReportedControl());
        foreach (var alias in aliases) command.Aliases.Add(alias);
        names.AddTo(command);
        arguments.AddTo(command, withJson: kind != CommandKind.Kill);
        if (kind != CommandKind.Kill) report.AddTo(command, kind);
        arguments.SetAction(command, (words, session) =>
        {
            var subject = names.Subject(words, kind);
            return kind != CommandKind.Kill && report.IsAsked(words, arguments)
                ? report.RunAsync(words, arguments, session.For(session.Initiator.Because(report.Reason(words))), kind, subject)
                : DaemonRequest.SendAsync(session.Folder, kind, subject, session.Initiator.Because(kind == CommandKind.Kill ? null : report.Reason(words)));
        });
        return command;
    }
}
