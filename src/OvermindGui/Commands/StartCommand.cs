using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary>
/// <c>start</c>: with names and a running daemon, starts these processes; otherwise serves in the foreground, limited to the given names.
/// This is what a <c>bin/dev</c> for overmind or foreman expects.
/// </summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var command = new Command(CommandKind.Start.ToText(), "Start processes; without a daemon or without a name, serve as server does");
        var names = new ProcessNames();
        var (folder, client) = (new FolderArguments(), new ClientName());
        var options = new ServerOptions();
        var daemonize = new Option<bool>("--daemonize", "-D") { Description = "Start the daemon in the background and return" };
        names.AddTo(command);
        folder.AddTo(command, withPath: false);
        options.AddTo(command);
        client.AddTo(command);
        command.Add(daemonize);
        command.SetFailableAction(words =>
        {
            var typed = names.Typed(words);
            var project = folder.Folder(words);
            if (typed.Count > 0 && DaemonLock.IsHeld(project))
            {
                WarnWithoutEffect(options.DaemonArguments(words));
                return DaemonRequest.SendAsync(project, CommandKind.Start, names.Subject(words, CommandKind.Start), client.InitiatorOf(words));
            }

            var plan = options.Plan.ReadForDaemon(words).Options;
            _ = folder.FolderWithProcfile(words, plan);
            var arguments = typed.Count == 0
                ? options.DaemonArguments(words)
                : Only(typed, options.DaemonArguments(words), RecordedPlan.Load(project, plan));
            return words.GetValue(daemonize)
                ? DaemonCommand.LaunchAsync(project, arguments)
                : ServerCommand.RunAsync(project, options, arguments, words);
        });
        return command;
    }

    // Explicit names override all other selections.
    private static IReadOnlyList<string> Only(IReadOnlyList<string> names, IReadOnlyList<string> arguments, ProjectPlan plan)
    {
        var (meant, unknown) = NamePattern.Select(names, [.. plan.Processes.Select(p => p.Name)]);
        if (unknown.Count > 0)
            throw new CommandFailure($"Error: {UnknownProcessText.Of(FailureTable.Visible(string.Join(", ", unknown)), plan.Processes.Select(p => p.Name))}");
        var entries = plan.Processes.Where(p => meant.Contains(p.Name)).Select(p => p.Entry).Distinct();
        return
        [
            .. arguments.Where(a => !a.StartsWith($"{PlanFlags.OnlyName}=", StringComparison.Ordinal) && !a.StartsWith($"{PlanFlags.ExceptName}=", StringComparison.Ordinal)),
            $"{PlanFlags.OnlyName}={string.Join(',', entries)}", $"{PlanFlags.ExceptName}=,",
        ];
    }

    private static void WarnWithoutEffect(IReadOnlyList<string> arguments)
    {
        if (arguments.Count > 0)
            Console.WriteLine($"The running daemon keeps the options it was started with: {string.Join(' ', arguments)} has no effect on it");
    }
}
