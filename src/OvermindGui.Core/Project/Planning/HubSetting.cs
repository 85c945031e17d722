namespace OvermindGui.Core.Project.Planning;

/// <summary>What the settings file says about a hub; flags and variables override it.</summary>
public sealed record HubSetting
{
    /// <summary><c>hub</c>: the connection string, without a password.</summary>
    public string? Address { get; init; }

    /// <summary><c>hub_control</c>: commands through the hub are carried out.</summary>
    public bool Control { get; init; }

    /// <summary><c>hub_redact</c>: recognised secrets are removed from lines before they are shipped.</summary>
    public bool Redact { get; init; }
}
