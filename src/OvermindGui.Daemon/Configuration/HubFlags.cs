using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Daemon.Configuration;

/// <summary>What flags and variables say about a hub; each overrides what the settings file says.</summary>
public sealed record HubFlags
{
    /// <summary>Null where neither flag nor variable names a hub.</summary>
    public HubAddress? Address { get; init; }

    /// <summary>The name of this machine in the hub; null for its own.</summary>
    public string? Host { get; init; }

    public bool? Control { get; init; }

    public bool? Redact { get; init; }

    /// <summary>The effective options; null without a hub.</summary>
    /// <exception cref="StartupException">The settings file names a hub that cannot be meant.</exception>
    internal HubOptions? Resolve(ProjectPlan plan)
    {
        var file = plan.Hub;
        var address = Address;
        if (address is null && file.Address is { } text)
            address = HubAddress.Parse(text, withPassword: false, out var problem)
                ?? throw new StartupException($"{Path.GetFileName(plan.ProjectSettingsFile)}: hub: {problem}");
        return address is null ? null
            : new HubOptions(address, Host ?? Environment.MachineName, Control ?? file.Control, Redact ?? file.Redact)
            {
                SecretValues = () => PlanSecrets.Of(plan),
            };
    }
}
