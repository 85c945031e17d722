using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Hub.Reading;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>hub ps</c>: the processes of all machines.</summary>
internal static class HubPsCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var command = new Command("ps", "List the processes of all machines in the hub");
        var address = HubArguments.Address("The hub");
        var json = new Option<bool>("--json") { Description = "Print it as JSON, as GET /api/hosts answers" };
        command.Add(address);
        command.Add(json);
        command.SetFailableAction(words => HubCommand.WithHubAsync(words, address, async hub =>
        {
            var hosts = await new HubCatalog(hub, TimeProvider.System).HostsAsync(CancellationToken.None);
            if (words.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { Hosts = hosts }, Json));
            else Print(hosts);
        }));
        return command;
    }

    private static void Print(IReadOnlyList<HubHost> hosts)
    {
        Print("HOST", "PROJECT", "PROCESS", "STATUS", "EXIT", "LINES", "");
        Console.WriteLine(new string('-', 78));
        foreach (var host in hosts)
            foreach (var project in host.Projects)
                foreach (var process in project.Processes.DefaultIfEmpty(new HubProcess("-", "-", null, null, null, null, null, null, 0, 0, null)))
                    Print(
                        host.Name, project.Name, process.Name, process.State, process.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "-",
                        process.Lines.ToString(CultureInfo.InvariantCulture), NoteOf(project, process));
    }

    private static string NoteOf(HubProjectInfo project, HubProcess process) => string.Join(", ", new[]
    {
        project.Alive ? null : project.ShippedAt is { } at ? $"not heard of for {UptimeFormatter.Of(DateTimeOffset.UtcNow - at)}" : "never heard of",
        project.Alive && project.Backlog > 0 ? $"{Quantity.Lines(project.Backlog)} behind" : null,
        process.Failures > 0 ? Quantity.Of(process.Failures, "failure today", "failures today") : null,
        process.Reason,
        process.Attached is { } who ? $"attached: {who}" : null,
    }.OfType<string>());

    private static void Print(string host, string project, string process, string status, string exit, string lines, string note) => Console.WriteLine(
        VisibleText.Of($"{host,-16} {project,-16} {process,-14} {status,-10} {exit,-5} {lines,-9} {note}").TrimEnd());
}
