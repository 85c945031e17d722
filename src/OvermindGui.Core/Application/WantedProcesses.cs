using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Application;

/// <summary>
/// The processes that a caller wants to run: those that start by default or, if it names some, these and what they depend on; and the order
/// in which those that do not run are started.
/// </summary>
/// <param name="names">Processes or entries; none for those that start by default.</param>
internal sealed class WantedProcesses(ProjectPlan plan, IReadOnlyCollection<string>? names)
{
    private readonly StartOrder _order = StartOrder.Of(plan.Processes);

    private bool IsNamed => names is { Count: > 0 };

    /// <summary>What a new daemon starts; null for all that start by default.</summary>
    /// <exception cref="RequestException">A name is unknown.</exception>
    public IReadOnlyList<string>? AtFirst => !IsNamed ? null : [.. names!.SelectMany(Planned).SelectMany(WithDependencies).Distinct()];

    /// <summary>Those that a daemon has.</summary>
    /// <exception cref="RequestException">A name is unknown.</exception>
    public IReadOnlyList<ProcessInfo> Of(SystemSnapshot snapshot)
    {
        if (!IsNamed) // programs that were run once are in no plan
            return [.. snapshot.Processes.Where(p => plan.Processes.Any(planned => planned.NotStartedReason is null && (planned.Name == p.Name || planned.Entry == p.Entry)))];
        var wanted = ProjectSession.Select(snapshot, names).SelectMany(p => WithDependencies(p.Name)).ToHashSet();
        return [.. snapshot.Processes.Where(p => wanted.Contains(p.Name))];
    }

    /// <summary>Returns what has to be started, dependencies first: each step after the processes that it waits for.</summary>
    public IEnumerable<(IReadOnlyList<ProcessInfo> Start, IReadOnlyList<ProcessInfo> After)> Steps(IReadOnlyList<ProcessInfo> processes)
    {
        var idle = processes.Where(IsIdle).ToList();
        while (idle.Count > 0)
        {
            var next = idle.FindAll(p => !WaitsOf(p.Name).Any(wait => idle.Exists(other => other.Name == wait.For.Name)));
            if (next.Count == 0) next = [.. idle]; // a cycle, which the plan reports
            var after = next.SelectMany(p => WaitsOf(p.Name)).Where(wait => wait.Until != DependencyCondition.Started).Select(wait => wait.For.Name).ToHashSet();
            yield return (next, [.. processes.Where(p => after.Contains(p.Name))]);
            idle.RemoveAll(next.Contains);
        }
    }

    // One-shot processes that are done are run again only by their names.
    private bool IsIdle(ProcessInfo process) => !process.State.IsUp() && process.State != ProcessState.Waiting
        && (process.State != ProcessState.Exited || (IsNamed && (names!.Contains(process.Name) || names!.Contains(process.Entry))));

    private List<string> Planned(string name) => plan.Processes.Where(p => p.Name == name || p.Entry == name).Select(p => p.Name).ToList() is { Count: > 0 } found
        ? found
        : throw RequestException.UnknownProcess(name, plan.Processes.Select(p => p.Name));

    private List<string> WithDependencies(string name)
    {
        var found = new List<string> { name };
        for (var i = 0; i < found.Count; i++) found.AddRange(WaitsOf(found[i]).Select(wait => wait.For.Name).Except(found).ToList());
        return found;
    }

    private IReadOnlyList<StartWait> WaitsOf(string name) => plan.Processes.Any(p => p.Name == name) ? _order.WaitsOf(name) : [];
}
