using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Mcp;

/// <summary>What the caller's own side allows it, at the time of a call. The project's switch may lower it further.</summary>
public interface IAgentAccess
{
    /// <summary>The tier of the caller.</summary>
    AgentTier Allowed { get; }

    /// <summary>What would allow a higher tier, as a sentence.</summary>
    string HowToAllow(AgentTier tier);

    /// <summary>The name that the client's configuration gives it, before the one that it reports; null for none.</summary>
    string? Name { get; }

    /// <summary>How the caller is recorded.</summary>
    /// <param name="client">The name that the client reports.</param>
    AgentConnection ConnectionOf(string client);
}
