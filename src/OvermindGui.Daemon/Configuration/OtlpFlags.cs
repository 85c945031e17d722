using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Shipping;
using OvermindGui.Otlp.Connecting;

namespace OvermindGui.Daemon.Configuration;

/// <summary>What flags and variables say about an engine for logs; each overrides what the settings file says.</summary>
public sealed record OtlpFlags
{
    /// <summary>Null where neither flag nor variable names an engine.</summary>
    public OtlpEndpoint? Endpoint { get; init; }

    public IReadOnlyList<OtlpHeader>? Headers { get; init; }

    public bool? Compresses { get; init; }

    /// <summary>Absolute path.</summary>
    public string? AuthorityFile { get; init; }

    public bool? Redact { get; init; }

    /// <summary>How long a line has to stay as it is; tests have less time.</summary>
    internal TimeSpan SettleTime { get; init; } = SettledLines.UsualSettleTime;

    /// <summary>The effective options; null without an engine.</summary>
    /// <param name="host">The name of this machine; null for its own.</param>
    internal OtlpOptions? Resolve(ProjectPlan plan, string? host)
    {
        var file = plan.Otlp;
        return (Endpoint ?? file.Endpoint) is not { } endpoint ? null
            : new OtlpOptions(endpoint, host ?? Environment.MachineName)
            {
                Headers = Headers ?? file.Headers ?? [],
                Compresses = Compresses ?? file.Compresses,
                AuthorityFile = AuthorityFile ?? (file.AuthorityFile is { } path ? Path.GetFullPath(path, Path.GetDirectoryName(plan.ProjectSettingsFile)!) : null),
                SettleTime = SettleTime,
                Redact = Redact ?? file.Redact,
                SecretValues = () => PlanSecrets.Of(plan),
                VariableValue = name => plan.Variables.TryGetValue(name, out var variable) ? variable.Value : Environment.GetEnvironmentVariable(name),
            };
    }
}
