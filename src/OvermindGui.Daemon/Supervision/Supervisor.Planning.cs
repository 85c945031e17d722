using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;

namespace OvermindGui.Daemon.Supervision;

// Another _plan while the processes run: only what differs is touched.
internal sealed partial class Supervisor
{
    private readonly SemaphoreSlim _planTurn = new(1, 1);

    /// <summary>What the _plan depends on, also where it is missing.</summary>
    public IReadOnlyList<string> Files => [_plan.Procfile, _plan.ProjectSettingsFile, .. _plan.EnvironmentFiles];

    /// <summary>What the files say now, against what runs.</summary>
    public (ProjectPlan Plan, PlanDifference Difference) Preview()
    {
        var next = PlanNames.Keep(_source.Load(), _plan.Processes);
        return (next, PlanDifference.Between(_plan, next));
    }

    private Task<CommandOutcome> PreviewReloadAsync()
    {
        var (next, difference) = Preview();
        return Task.FromResult(next.CanStart
            ? new CommandOutcome(true, PlanMessages.Of(difference))
            : Refused(next));
    }

    private Task<CommandOutcome> ReloadAsync(Initiator by) => InPlanTurnAsync(async () =>
    {
        var (next, difference) = Preview();
        if (!next.CanStart) return Refused(next);
        await ApplyAsync(next, difference, by);
        _recorder.SystemNotice($"Reloaded: {PlanMessages.Of(difference).Replace("\n", "; ", StringComparison.Ordinal)}");
        return new CommandOutcome(true, PlanMessages.Of(difference));
    });

    private Task<CommandOutcome> ScaleAsync(string formation, Initiator by) => InPlanTurnAsync(async () =>
    {
        if (Scaling.Parse(formation, _plan, out var counts) is { } problem) return new CommandOutcome(false, problem);
        _source.Scale(counts, _plan.Settings.Formation);
        var next = PlanNames.Keep(_source.Load(), _plan.Processes);
        if (!next.CanStart) return Refused(next);

        var scaled = Scaling.Apply(_plan, next, counts.Keys);
        await ApplyAsync(scaled, PlanDifference.Between(_plan, scaled), by);
        return new CommandOutcome(true, string.Join('\n', counts.Select(c => $"Scaled {c.Key} to {c.Value}")));
    });

    private async Task ApplyAsync(ProjectPlan next, PlanDifference difference, Initiator by)
    {
        var removed = _processes.FindAll(p => difference.Removed.Any(r => r.Name == p.Name));
        _processes = _processes.RemoveRange(removed);
        await Task.WhenAll(removed.Select(p => p.DisposeAsync().AsTask()));
        foreach (var process in removed) _recorder.Forget(process.Name);

        _plan = next;
        foreach (var (position, planned) in next.Processes.Index()) _recorder.Plan(planned, position);
        _recorder.Options(_source.Options);
        _recorder.Pending(null);
        _recorder.StopLimit(StopLimit);

        await Task.WhenAll(difference.Changed.Select(change => ChangeAsync(change, by)));
        await StartInOrderAsync([.. difference.Added.Select(Add)], by);
        _changes.Tell();
    }

    private async Task ChangeAsync(ProcessChange change, Initiator by)
    {
        var process = _processes.First(p => p.Name == change.After.Name);
        await process.ChangeAsync(_factory.Spec(change.After), change, by);
    }

    private static CommandOutcome Refused(ProjectPlan next) => new(false, PlanMessages.Refusal(next));

    private async Task<T> InPlanTurnAsync<T>(Func<Task<T>> action)
    {
        await _planTurn.WaitAsync();
        try
        {
            return await action();
        }
        finally
        {
            _planTurn.Release();
        }
    }
}
