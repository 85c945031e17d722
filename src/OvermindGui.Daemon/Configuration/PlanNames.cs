using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>
/// Running instances keep their names: when "web" gets a second instance, the first one stays "web" beside "web#2", because its
/// environment and its stored output contain the name.
/// </summary>
internal static class PlanNames
{
    private const string NameVariable = "PS";

    /// <summary>The plan with the names that living instances have.</summary>
    public static ProjectPlan Keep(ProjectPlan plan, IReadOnlyList<PlannedProcess> living)
    {
        var names = living.ToDictionary(p => (p.Entry, p.Instance), p => p.Name);
        return plan with { Processes = [.. plan.Processes.Select(p => names.TryGetValue((p.Entry, p.Instance), out var name) ? Rename(p, name) : p)] };
    }

    private static PlannedProcess Rename(PlannedProcess process, string name)
    {
        if (process.Name == name) return process;
        var environment = process.Environment.ToDictionary();
        environment[NameVariable] = environment[NameVariable] with { Value = name };
        return process with { Name = name, Environment = environment };
    }
}
