using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Mcp;

/// <summary>A client that has started this process: the option of its own configuration decides.</summary>
internal sealed class StdioAccess(AgentTier allowed, string? name) : IAgentAccess
{
    private readonly string _connection = Guid.NewGuid().ToString("N");

    public AgentTier Allowed => allowed;

    public string? Name => name;

    public string HowToAllow(AgentTier tier) => $"Start the server with --allow {tier.ToText()}";

    public AgentConnection ConnectionOf(string client) => new(_connection, client, "stdio", allowed, ProcessIdentity.Own);
}
