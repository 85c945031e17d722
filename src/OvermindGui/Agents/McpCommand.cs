using System.CommandLine;
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
        var allow = new Option<string>("--allow")
        {
            Description = "What the agent may do: read (default), or control (also start, restart and stop processes)",
            HelpName = "tier",
            DefaultValueFactory = _ => AgentTier.Read.ToText(),
            CompletionSources = { AgentTier.Read.ToText(), AgentTier.Control.ToText() },
        };
        allow.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var tier }] && AgentTiers.Parse(tier) is null) result.AddError($"--allow {tier}: expected {AgentTiers.Accepted}");
        });
        var noRedact = new Option<bool>("--no-redact") { Description = "Show tokens and passwords that processes print" };
        arguments.AddTo(command, withJson: false);
        command.Add(allow);
        command.Add(noRedact);
        command.SetFailableAction(async words =>
        {
            await ProjectServer.RunStdioAsync(
                arguments.Open(words, redact: !words.GetValue(noRedact)), AgentTiers.Parse(words.GetValue(allow))!.Value, CancellationToken.None);
            return 0;
        });
        return command;
    }
}
