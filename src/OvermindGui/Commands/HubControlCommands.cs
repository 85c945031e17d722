using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Reading;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>hub start</c>, <c>stop</c>, <c>restart</c> and <c>kill</c>: ask the daemon of a project on some machine.</summary>
internal static class HubControlCommands
{
    public static Command Create(CommandKind kind)
    {
        var command = new Command(kind.ToText(), $"{kind} processes of a project on some machine, through the hub");
        var address = HubArguments.Address("The hub");
        var project = new Argument<string>("project") { Description = "HOST/PROJECT, or the project's number in the hub" };
        var names = new Argument<string[]>("name") { Description = "Processes, or patterns such as 'worker*'", Arity = ArgumentArity.OneOrMore };
        command.Add(project);
        command.Add(names);
        command.Add(address);
        command.SetFailableAction(words => HubCommand.WithHubAsync(words, address, async hub =>
        {
            var hosts = await new HubCatalog(hub, TimeProvider.System).HostsAsync(CancellationToken.None);
            var meant = Find(hosts, words.GetRequiredValue(project));
            var outcome = await new HubCommands(hub).SendAsync(meant.Id, kind, string.Join(',', words.GetRequiredValue(names)), CancellationToken.None);
            if (!outcome.Succeeded) throw new CommandFailure($"Error: {outcome.Message}");
            Console.WriteLine(outcome.Message);
        }));
        return command;
    }

    private static HubProjectInfo Find(IReadOnlyList<HubHost> hosts, string text)
    {
        var all = hosts.SelectMany(host => host.Projects.Select(project => (Name: $"{host.Name}/{project.Name}", Project: project))).ToList();
        var found = all.Where(p => p.Name == text || $"{p.Project.Id}" == text).Select(p => p.Project).ToList();
        return found switch
        {
            [var one] => one,
            [] => throw new CommandFailure($"Error: The hub has no project {text} (known: {PlainText.Names([.. all.Select(p => p.Name)])})"),
            _ => throw new CommandFailure($"Error: {text} is more than one project; give the number: {string.Join(", ", found.Select(p => $"{p.Id} ({p.Folder})"))}"),
        };
    }
}
