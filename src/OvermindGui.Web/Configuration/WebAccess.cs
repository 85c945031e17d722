namespace OvermindGui.Web.Configuration;

/// <summary>Who may come in.</summary>
public sealed record WebAccess
{
    /// <summary>What everybody must show; null: whoever reaches the socket may come in, which must then be one of the loopback.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Names, with a port or without, under which people reach the dashboard, besides those of the loopback and the address itself:
    /// those of a proxy or of this machine.
    /// </summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];
}
