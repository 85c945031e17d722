using System.CommandLine;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Agents;

/// <summary><c>agent init</c>: sets up the project for coding agents, and asks before it changes a file.</summary>
internal static class AgentInitCommand
{
    public static Command Create()
    {
        var agent = new Command("agent", "Set up coding agents");
        var command = new Command("init", "Write the configuration with which the common clients find this project (.mcp.json, .vscode/mcp.json, AGENTS.md)");
        var folder = new FolderArguments();
        var allow = McpCommand.Allow(AgentTier.Control, "What agents may do: read, control (default: also start, restart and stop processes) or run");
        var yes = new Option<bool>("--yes", "-y") { Description = "Write without asking" };
        var json = new Option<bool>("--json") { Description = "Print what would be written, or with --yes was written, as JSON" };
        folder.AddTo(command);
        foreach (var option in new Option[] { allow, yes, json }) command.Add(option);
        command.SetFailableAction(words =>
        {
            var tier = AgentTiers.Parse(words.GetValue(allow))!.Value;
            var setup = new AgentSetup(folder.Folder(words).Root, tier);
            return Task.FromResult(words.GetValue(json) ? PrintJson(setup, tier, words.GetValue(yes)) : Run(setup, tier, words.GetValue(yes)));
        });
        agent.Add(command);
        return agent;
    }

    private static int Run(AgentSetup setup, AgentTier tier, bool yes)
    {
        Console.WriteLine($"Agents get --allow {tier.ToText()}, which permits them to: {Permits(tier)}.");
        Console.WriteLine("The switches in the dashboard, under Agents, lower that at any time.\n");
        var (asks, left) = (!yes && !Console.IsInputRedirected, 0);
        foreach (var file in setup.Plan())
        {
            switch (file.Action)
            {
                case "unchanged":
                    Console.WriteLine($"{file.Path}: is set up");
                    break;
                case "manual":
                    Console.WriteLine(VisibleText.Of($"{file.Path}: left alone, because {file.Why}. Add by hand:"));
                    Console.WriteLine(file.Content);
                    break;
                default:
                    if (yes || (asks && IsAgreed(file)))
                    {
                        setup.Write(file);
                        Console.WriteLine($"{file.Path}: {Done(file)}");
                    }
                    else
                    {
                        left++;
                        if (!asks) Console.WriteLine($"{file.Path}: to {file.Action}\n\n{file.Content}");
                    }

                    break;
            }
        }

        if (left > 0 && !asks) Console.WriteLine("Nothing was written, because there is no one to ask. With --yes it is written.");
        return 0;
    }

    private static int PrintJson(AgentSetup setup, AgentTier tier, bool yes)
    {
        var files = setup.Plan();
        if (yes)
            foreach (var file in files.Where(f => f.IsChange)) setup.Write(file);
        Console.WriteLine(ApplicationJson.Write(new
        {
            v = 1,
            allow = tier.ToText(),
            permits = Permits(tier),
            files = files.Select(f => new { f.Path, f.Action, written = yes && f.IsChange, f.Content, f.Why }),
        }));
        return 0;
    }

    private static bool IsAgreed(SetupFile file)
    {
        Console.WriteLine($"{file.Content}");
        Console.Write($"{char.ToUpperInvariant(file.Action[0])}{file.Action[1..]} {file.Path}? [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    private static string Done(SetupFile file) => file.Action switch
    {
        "create" => "created",
        "extend" => "extended; what was in it is still there",
        _ => "our entry replaced",
    };

    private static string Permits(AgentTier tier) => tier switch
    {
        AgentTier.Read => "see states and output (without the secrets in it), search and wait",
        AgentTier.Control => "see states and output (without the secrets in it), and start, restart and stop the processes of the Procfile; not to run other commands",
        _ => "see states and output, start, restart and stop processes, type into them, and run any program in the project",
    };
}
