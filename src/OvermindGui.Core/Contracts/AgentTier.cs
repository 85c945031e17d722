namespace OvermindGui.Core.Contracts;

/// <summary>What an agent may do; each tier includes the ones before it.</summary>
public enum AgentTier
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Read only.</summary>
    Read,

    /// <summary>Start, restart and stop the project's own processes.</summary>
    Control,

    /// <summary>Run programs of its choice, and type into processes.</summary>
    Run,
}

/// <summary>Converts tiers to and from the words of options, files and messages.</summary>
public static class AgentTiers
{
    /// <summary>The words that <see cref="Parse"/> accepts.</summary>
    public const string Accepted = "read, control or run";

    /// <summary>The tiers that can be allowed, lowest first.</summary>
    public static IReadOnlyList<AgentTier> All { get; } = [AgentTier.Read, AgentTier.Control, AgentTier.Run];

    public static string ToText(this AgentTier tier) => tier switch
    {
        AgentTier.None => "none",
        AgentTier.Read => "read",
        AgentTier.Control => "control",
        _ => "run",
    };

    /// <summary>Returns null for an unknown word.</summary>
    public static AgentTier? Parse(string? word) => word switch
    {
        "read" => AgentTier.Read,
        "control" => AgentTier.Control,
        "run" => AgentTier.Run,
        _ => null,
    };
}
