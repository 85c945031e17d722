namespace OvermindGui.Mcp;

/// <summary>What a client may do; each includes the ones before it.</summary>
public enum AgentTier
{
    /// <summary>Look.</summary>
    Read,

    /// <summary>Start, restart and stop the project's own processes.</summary>
    Control,
}

/// <summary>Tiers as words of options and messages.</summary>
public static class AgentTiers
{
    /// <summary>What <see cref="Parse"/> accepts.</summary>
    public const string Accepted = "read or control";

    public static string ToText(this AgentTier tier) => tier == AgentTier.Control ? "control" : "read";

    /// <summary>Null for a word that is none.</summary>
    public static AgentTier? Parse(string? word) => word switch
    {
        "read" => AgentTier.Read,
        "control" => AgentTier.Control,
        _ => null,
    };
}
