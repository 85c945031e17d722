namespace OvermindGui.Core.Project.Planning;

/// <summary>When a notification or an action is due, and which.</summary>
/// <param name="Processes">Names in the Procfile; with <paramref name="Groups"/> both empty for all.</param>
/// <param name="Debounce">How long the condition has to hold.</param>
/// <param name="Cooldown">For so long after it fired, it does not fire again for the same process.</param>
/// <param name="NotifiesEnd">Whether the end of the condition is reported, too.</param>
/// <param name="Line">Where it is in the settings file.</param>
public sealed record AlertRule(
    string Name, AlertCondition When, IReadOnlyList<string> Processes, IReadOnlyList<string> Groups, IReadOnlyList<AlertAction> Actions, TimeSpan Debounce,
    TimeSpan Cooldown, bool NotifiesEnd, int Line)
{
    /// <summary>Whether it is about this process.</summary>
    public bool Covers(PlannedProcess process) => (Processes.Count == 0 && Groups.Count == 0)
        || Processes.Contains(process.Entry) || Processes.Contains(process.Name) || (process.Group is { } group && Groups.Contains(group));
}
