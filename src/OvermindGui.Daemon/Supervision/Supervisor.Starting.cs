using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Supervision;

// Starting in the order that dependencies ask for.
internal sealed partial class Supervisor
{
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromSeconds(1);

    private readonly List<Task> _starts = []; // added to by whoever has the turn of the plan
    private volatile bool _ending;

    /// <summary>Starts what may start at once; the others wait for what they depend on.</summary>
    private async Task StartInOrderAsync(IReadOnlyCollection<SupervisedProcess> processes, Initiator by)
    {
        var order = StartOrder.Of(_plan.Processes);
        var toStart = processes.Where(p => p.Plan.LeftOut is null).ToLookup(p => order.WaitsOf(p.Name).Count > 0);
        foreach (var process in toStart[true]) await process.WaitAsync(Reason(order.WaitsOf(process.Name)) ?? "waiting", begin: true);
        await Task.WhenAll(toStart[false].Select(p => p.StartAsync("daemon start", by)));
        _starts.RemoveAll(t => t.IsCompletedSuccessfully);
        _starts.AddRange(toStart[true].Select(p => StartWhenItMayAsync(p, order.WaitsOf(p.Name), by)));
    }

    private async Task StartWhenItMayAsync(SupervisedProcess process, IReadOnlyList<StartWait> waits, Initiator by)
    {
        try
        {
            while (process.IsWaiting && !_ending && Reason(waits) is { } reason)
            {
                await process.WaitAsync(reason, begin: false);
                await _changes.ReachAsync(() => !process.IsWaiting || _ending || Reason(waits) != reason, SafetyInterval);
            }

            if (!_ending) await process.StartIfWaitingAsync("dependencies", by);
        }
        catch (Exception e)
        {
            _failed.TrySetException(e); // the daemon ends, and says why
        }
    }

    /// <summary>What is still missing, in words; null when nothing is.</summary>
    private string? Reason(IReadOnlyList<StartWait> waits)
    {
        var missing = waits
            .Select(wait => (wait.Until, Process: _processes.Find(p => p.Name == wait.For.Name)))
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
