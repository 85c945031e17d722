namespace OvermindGui.Hub.Connecting;

/// <summary>What a daemon does with a hub.</summary>
/// <param name="Host">Under which name this machine is shown there.</param>
/// <param name="Control">Whether commands through the hub are carried out.</param>
/// <param name="Redact">Whether recognised secrets are removed from lines before they leave the machine.</param>
public sealed record HubOptions(HubAddress Address, string Host, bool Control, bool Redact)
{
    /// <summary>The variable with the connection string, which may have a password. Processes do not inherit it.</summary>
    public const string Variable = "OVERMIND_GUI_HUB";

    /// <summary>Values that are secret whatever they look like, asked for when lines are redacted.</summary>
    public Func<IReadOnlyList<string>> SecretValues { get; init; } = () => [];
}
