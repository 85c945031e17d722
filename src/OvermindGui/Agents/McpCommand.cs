using System.CommandLine;
using OvermindGui.Core.Contracts;
using OvermindGui.Invocation;
using OvermindGui.Mcp;

namespace OvermindGui.Agents;

/// <summary><c>mcp</c>: serves the project to a coding agent on standard input and output.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var command = new Command("mcp", "Serve the project to a coding agent over the Model Context Protocol (stdio); starts nothing until asked");
        var arguments = new SessionArguments();
        var allow = Allow(
            AgentTier.Read, "What the agent may do: read (default), control (also start, restart and stop processes) or run (also run programs and type into processes)");
        var noRedact = new Option<bool>("--no-redact") { Description = "Show tokens and passwords that processes print" };
        arguments.AddTo(command, withJson: false);
        command.Add(allow);
        command.Add(noRedact);
        command.SetFailableAction(async words =>
        {
            await ProjectServer.RunStdioAsync(
                arguments.Open(words, redact: !words.GetValue(noRedact)), AgentTiers.Parse(words.GetValue(allow))!.Value, arguments.Client(words), CancellationToken.None);
            return 0;
        });
        return command;
    }

    /// <summary>The option that names a tier.</summary>
    public static Option<string> Allow(AgentTier usual, string description)
    {
        var allow = new Option<string>("--allow")
        {
            Description = description,
            HelpName = "tier",
            DefaultValueFactory = _ => usual.ToText(),
        };
        allow.CompletionSources.Add([.. AgentTiers.All.Select(tier => tier.ToText())]);
        allow.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var tier }] && AgentTiers.Parse(tier) is null) result.AddError($"--allow {tier}: expected {AgentTiers.Accepted}");
        });
        return allow;
    }
}
