using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Supervision;

/// <summary>Starts processes in the order that dependencies ask for: those that wait look again whenever anything has happened.</summary>
/// <param name="find">The process of a name.</param>
internal sealed class DependencyStarter(Func<string, SupervisedProcess?> find, StateSignal changes, SupervisedLoops waits)
{
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromSeconds(1);

    /// <summary>Starts what may start at once, and returns what came of that; the others wait for what they depend on.</summary>
    public async Task<IReadOnlyList<CommandOutcome>> StartAsync(
        IReadOnlyCollection<SupervisedProcess> processes, ProjectPlan plan, string cause, Initiator by)
    {
        var order = StartOrder.Of(plan.Processes);
        var toStart = processes.Where(p => p.Plan.NotStartedReason is null).ToLookup(p => order.WaitsOf(p.Name).Count > 0);
        foreach (var process in toStart[true])
        {
            await process.WaitAsync(Reason(order.WaitsOf(process.Name)) ?? "waiting", begin: true);
            waits.Run($"The start of {process.Name}", () => StartWhenItMayAsync(process, order.WaitsOf(process.Name), by));
        }

        return await Task.WhenAll(toStart[false].Select(p => p.StartAsync(cause, by)));
    }

    private async Task StartWhenItMayAsync(SupervisedProcess process, IReadOnlyList<StartWait> waitsOf, Initiator by)
    {
        while (process.IsWaiting && Reason(waitsOf) is { } reason)
        {
            await process.WaitAsync(reason, begin: false);
            await changes.WaitUntilAsync(() => !process.IsWaiting || Reason(waitsOf) != reason, SafetyInterval);
        }

        await process.StartIfWaitingAsync("dependencies", by);
    }

    /// <summary>Describes what is still missing; null when nothing is.</summary>
    private string? Reason(IReadOnlyList<StartWait> waitsOf)
    {
        var missing = waitsOf
            .Select(wait => (wait.Until, Process: find(wait.For.Name)))
            .Where(wait => wait.Process is { } process && !process.Has(wait.Until))
            .Select(wait => wait.Process!.Obstacle(wait.Until) is { } obstacle
                ? $"{wait.Process.Name} to be {Word(wait.Until)}, but {obstacle}"
                : $"{wait.Process.Name} to be {Word(wait.Until)}")
            .ToList();
        return missing.Count == 0 ? null : $"waiting for {string.Join("; ", missing)}";
    }

    private static string Word(DependencyCondition condition) => condition switch
    {
        DependencyCondition.Started => "started",
        DependencyCondition.Ready => "ready",
        _ => "completed",
    };
}
