namespace OvermindGui.Core.Project.Planning;

/// <summary>The differences between the current plan and a new one.</summary>
/// <param name="Added">In the order of the new plan.</param>
/// <param name="Removed">In the order of the old plan.</param>
/// <param name="Changed">Processes of both plans that differ.</param>
public sealed record PlanDifference(
    IReadOnlyList<PlannedProcess> Added, IReadOnlyList<PlannedProcess> Removed, IReadOnlyList<ProcessChange> Changed)
{
    public bool IsEmpty => Added.Count == 0 && Removed.Count == 0 && Changed.Count == 0;

    /// <summary>Matches processes by name; a different line number or position in the file does not count as a change.</summary>
    public static PlanDifference Between(ProjectPlan old, ProjectPlan @new)
    {
        var before = old.Processes.ToDictionary(p => p.Name);
        var after = @new.Processes.ToDictionary(p => p.Name);
        return new PlanDifference(
            [.. @new.Processes.Where(p => !before.ContainsKey(p.Name))],
            [.. old.Processes.Where(p => !after.ContainsKey(p.Name))],
            [
                .. @new.Processes.Where(p => before.ContainsKey(p.Name))
                    .Select(p => ProcessChange.Between(before[p.Name], p)).OfType<ProcessChange>(),
            ]);
    }
}
