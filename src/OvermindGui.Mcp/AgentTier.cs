namespace OvermindGui.Mcp;

/// <summary>The permissions of a client; each tier includes the ones before it.</summary>
public enum AgentTier
{
    /// <summary>Read only.</summary>
    Read,

    /// <summary>Start, restart and stop the project's own processes.</summary>
    Control,
}

/// <summary>Converts tiers to and from the words of options and messages.</summary>
public static class AgentTiers
{
    /// <summary>The words that <see cref="Parse"/> accepts.</summary>
    public const string Accepted = "read or control";

    public static string ToText(this AgentTier tier) => tier == AgentTier.Control ? "control" : "read";

    /// <summary>Returns null for an unknown word.</summary>
    public static AgentTier? Parse(string? word) => word switch
    {
        "read" => AgentTier.Read,
        "control" => AgentTier.Control,
        _ => null,
    };
}
