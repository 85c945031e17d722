using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Alerts;

/// <summary>
/// The rules of the settings file as it is now: a change to them needs no reload. While the file has errors, the rules before it stay.
/// </summary>
/// <param name="read">The plan of the files as they were read last.</param>
/// <param name="running">The plan of what runs.</param>
internal sealed class AlertPlan(Func<ProjectPlan> read, Func<ProjectPlan> running) : IAlertPlan
{
    private volatile ProjectPlan? _good;

    public (IReadOnlyList<AlertRule> Rules, IReadOnlyList<PlannedProcess> Processes) Read() => (Good().Alerts, running().Processes);

    public string? Variable(string name) => Good().Variables.TryGetValue(name, out var variable) ? variable.Value : Environment.GetEnvironmentVariable(name);

    private ProjectPlan Good()
    {
        var last = read();
        if (last.CanStart || _good is null) _good = last;
        return _good;
    }
}
