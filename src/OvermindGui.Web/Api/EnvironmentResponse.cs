using System.Text.Json.Serialization;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Api;

/// <summary>The planned environment of a process.</summary>
/// <param name="Process">Name of the process.</param>
/// <param name="Entry">Name of its Procfile entry.</param>
/// <param name="Instance">1-based number among the instances of its entry.</param>
/// <param name="Line">Line number in the Procfile.</param>
/// <param name="Port">Value of its PORT; null when it has none.</param>
/// <param name="NotStartedReason">Why it is not started with the others; null when it is.</param>
/// <param name="Group">Processes of the same group are shown together; null for none.</param>
/// <param name="Rule">Readable text: what happens when the process exits on its own.</param>
/// <param name="OneShot">Whether the process is expected to finish.</param>
/// <param name="StopSignal">For example SIGTERM.</param>
/// <param name="Stop">What asks it to end before the stop signal; null when the signal is the first that it gets.</param>
/// <param name="StopTimeout">Seconds between the stop signal and SIGKILL.</param>
/// <param name="Ready">The ready check; null when it has none.</param>
/// <param name="Variables">Variables by name that files set or that are generated for it. Inherited variables are not included.</param>
public sealed record EnvironmentResponse(
    string Process, string Entry, int Instance, int Line, string Command, string WorkingDirectory, string Shell, int? Port,
    [property: JsonPropertyName("left_out")] string? NotStartedReason,
    string? Group, string Rule, bool OneShot, string StopSignal, StopRequestResponse? Stop, double StopTimeout, IReadOnlyList<DependencyResponse> DependsOn,
    ReadyCheckResponse? Ready, IReadOnlyList<VariableResponse> Variables)
{
    internal static EnvironmentResponse From(PlannedProcess process)
    {
        var secrets = new SecretValues(process.Environment);
        return new EnvironmentResponse(
            process.Name, process.Entry, process.Instance, process.Line, process.Command, process.WorkingDirectory, process.Shell,
            process.Port, process.NotStartedReason, process.Group, RuleFormatter.Of(process), process.OneShot, PlanFormatter.SignalOf(process), process.Stop is { } stop ? StopRequestResponse.From(stop, secrets) : null,
            process.StopTimeout.TotalSeconds, [.. process.DependsOn.Select(d => new DependencyResponse(d.Entry, PlanFormatter.Of(d.Condition)))],
            process.Ready is { } ready ? ReadyCheckResponse.From(ready, secrets) : null,
            [
                .. process.Environment.OrderBy(v => v.Key, StringComparer.Ordinal)
                    .Select(v => VariableResponse.From(v.Key, v.Value, secrets.Has(v.Key, v.Value.Value))),
            ]);
    }
}

/// <summary>How the process is asked to end before the stop signal.</summary>
/// <param name="Keys">The keys that are pressed, with commas between them; null when a command asks.</param>
/// <param name="Command">The command that is run, without secrets; null when keys ask.</param>
/// <param name="Timeout">Seconds until the stop signal.</param>
public sealed record StopRequestResponse(string? Keys, string? Command, double Timeout)
{
    internal static StopRequestResponse From(StopRequest stop, SecretValues secrets) =>
        new(stop.KeyNames, stop.Command is { } command ? secrets.Hide(command) : null, stop.Timeout.TotalSeconds);
}

/// <summary>What has to be true before the process is started.</summary>
/// <param name="Condition">started, ready or completed.</param>
public sealed record DependencyResponse(string Entry, string Condition);

/// <summary>The check that decides whether the process is ready.</summary>
/// <param name="Kind">port, tcp, http, line or command.</param>
/// <param name="Target">auto or a port, host:port, the address, the regular expression, or the command; secrets are removed.</param>
/// <param name="Interval">Seconds between two attempts; 0 for a line.</param>
/// <param name="Timeout">Seconds after which the process is reported as not ready.</param>
public sealed record ReadyCheckResponse(string Kind, string Target, double Interval, double Timeout)
{
    internal static ReadyCheckResponse From(ReadyCheck check, SecretValues secrets)
    {
        var (kind, target) = PlanFormatter.Of(check, secrets);
        return new ReadyCheckResponse(kind, target, check.Interval.TotalSeconds, check.Timeout.TotalSeconds);
    }
}

/// <summary>A variable of the process.</summary>
/// <param name="Value">Null for a secret.</param>
/// <param name="Secret">Whether it looks like one.</param>
/// <param name="Origin">The file and line that set it.</param>
public sealed record VariableResponse(string Name, string? Value, bool Secret, string Origin)
{
    internal static VariableResponse From(string name, PlannedVariable variable, bool secret) =>
        new(name, secret ? null : variable.Value, secret, variable.Origin.ToString());
}
