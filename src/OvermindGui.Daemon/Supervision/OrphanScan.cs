using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;

namespace OvermindGui.Daemon.Supervision;

/// <summary>What a daemon that was killed has left.</summary>
internal sealed record OrphanScan(IReadOnlyList<RunLeft> ToAdopt, IReadOnlyList<RunLeft> ToEnd)
{
    /// <summary>Only the newest run of a process can be adopted, and only with its leader: nothing may run twice.</summary>
    public static OrphanScan Divide(IReadOnlyList<RunLeft> left, ProjectPlan plan, OrphanChoice choice)
    {
        var adopted = choice == OrphanChoice.Kill ? [] : left
            .Where(run => run.Leader is not null && plan.Processes.Any(p => p.Name == run.Name && p.NotStartedReason is null))
            .GroupBy(run => run.Name)
            .Select(runs => runs.MaxBy(run => run.RunId)!)
            .ToList();
        return new OrphanScan(adopted, [.. left.Except(adopted)]);
    }
}
