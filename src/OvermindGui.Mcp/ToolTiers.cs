using OvermindGui.Core.Contracts;

namespace OvermindGui.Mcp;

/// <summary>The tier that each tool needs.</summary>
public static class ToolTiers
{
    /// <summary>Tools that this version does not have only read.</summary>
    public static AgentTier Of(string tool) => tool switch
    {
        "ensure" or "restart" or "stop" => AgentTier.Control,
        "run" or "send" => AgentTier.Run,
        _ => AgentTier.Read,
    };

    /// <summary>What a tier permits, for messages.</summary>
    public static string Permits(AgentTier tier) => tier switch
    {
        AgentTier.None => "use no tool",
        AgentTier.Read => "only read",
        AgentTier.Control => "only read, and start, restart and stop the project's processes",
        _ => "do everything",
    };
}
