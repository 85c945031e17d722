namespace OvermindGui.Core.Project.Planning;

/// <summary>A process to wait for, and its condition.</summary>
public sealed record StartWait(PlannedProcess For, DependencyCondition Until);

/// <summary>
/// Computes which process waits for which at a start. Entries that are excluded from the formation are not waited for: they were excluded
/// on purpose, so they are not started either.
/// </summary>
public sealed class StartOrder
{
    private readonly Dictionary<string, IReadOnlyList<StartWait>> _waits;
    private readonly ILookup<string, string> _dependents;

    private StartOrder(IReadOnlyList<PlannedProcess> processes)
    {
        var running = processes.Where(p => p.NotStartedReason is null).ToLookup(p => p.Entry);
        _waits = processes.ToDictionary(
            p => p.Name,
            IReadOnlyList<StartWait> (p) => [.. p.DependsOn.SelectMany(d => running[d.Entry].Select(r => new StartWait(r, d.Condition)))]);
        _dependents = processes.SelectMany(p => _waits[p.Name].Select(w => (w.For, Dependent: p)).Distinct())
            .ToLookup(pair => pair.For.Name, pair => pair.Dependent.Name);
        Notices =
        [
            .. from process in processes
               where process.NotStartedReason is null
               from dependency in process.DependsOn
               where !running.Contains(dependency.Entry)
               select $"{process.Name} does not wait for {dependency.Entry}, which is left out",
        ];
    }

    /// <summary>Messages about dependencies that are not waited for.</summary>
    public IReadOnlyList<string> Notices { get; }

    /// <param name="processes">All planned processes, without cycles.</param>
    public static StartOrder Of(IReadOnlyList<PlannedProcess> processes) => new(processes);

    /// <summary>The conditions for starting the process; empty when it may start immediately.</summary>
    public IReadOnlyList<StartWait> WaitsOf(string name) => _waits[name];

    /// <summary>The processes that directly or indirectly wait for this one, nearest first.</summary>
    public IReadOnlyList<string> DependentsOf(string name)
    {
        var found = new List<string>(_dependents[name]);
        for (var i = 0; i < found.Count; i++)
            found.AddRange(_dependents[found[i]].Except(found).ToList());
        return found;
    }
}
