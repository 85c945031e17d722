using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// Brings what the project's files say to the supervisor. They are read here: a file that does not answer holds up the next reload, and nothing
/// else.
/// </summary>
internal sealed class PlanReloader(Supervisor supervisor, PlanSource source, EventRecorder recorder)
{
    private readonly AsyncLock _turn = new();
    private volatile ProjectPlan _read = supervisor.Plan; // last

    /// <summary>The plan of the files as they were read last; they are read whenever they change.</summary>
    public ProjectPlan LastRead => _read;

    /// <summary>What the plan depends on, also where it is missing.</summary>
    public IReadOnlyList<string> Files => [_read.Procfile, _read.ProjectSettingsFile, .. _read.EnvironmentFiles];

    /// <summary>Compares the current files with the running plan.</summary>
    public async Task<(ProjectPlan Plan, PlanDifference Difference)> PreviewAsync()
    {
        var next = PlanNames.Keep(await LoadAsync(source.Options), supervisor.Plan.Processes);
        return (next, PlanDifference.Between(supervisor.Plan, next));
    }

    /// <summary>Describes in readable text what <see cref="ReloadAsync"/> would change.</summary>
    /// <param name="subject">As there.</param>
    public async Task<CommandOutcome> DescribeAsync(string? subject)
    {
        var next = await LoadAsync(source.Options);
        if (!next.CanStart) return Refused(next);
        if (Choose(next, subject, out var problem) is not { } choose) return new CommandOutcome(false, problem);
        return new CommandOutcome(true, PlanMessages.Of(PlanDifference.Between(supervisor.Plan, choose(supervisor.Plan))));
    }

    /// <summary>Applies what the files say now.</summary>
    /// <param name="subject">Names of the processes that follow the files, with commas between them; null for all.</param>
    public Task<CommandOutcome> ReloadAsync(string? subject, Initiator by) => _turn.RunAsync(async () =>
    {
        var next = await LoadAsync(source.Options);
        if (!next.CanStart) return Refused(next);
        if (Choose(next, subject, out var problem) is not { } choose) return new CommandOutcome(false, problem);
        return await supervisor.ReconcileAsync(new Reconcile(
            choose,
            PlanMessages.Of,
            difference =>
            {
                RecordPending(next);
                recorder.SystemNotice($"Reloaded: {PlanMessages.Of(difference).Replace("\n", "; ", StringComparison.Ordinal)}");
            },
            "reload", by));
    });

    /// <summary>Runs a program once, beside the processes of the Procfile.</summary>
    /// <param name="name">The name of the new process.</param>
    public async Task<CommandOutcome> RunAsync(string? name, string? argument, Initiator by)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return new CommandOutcome(false, $"\"{name}\" is no name for a process");
        if (OneOffCommand.Read(argument) is not { } command) return new CommandOutcome(false, "run takes a JSON object with argv, a list of words");
        var planned = OneOffPlan.Of(name, command, supervisor.Plan, source.Folder, source.Options, out var problem);
        return planned is null ? new CommandOutcome(false, problem) : await supervisor.StartOneOffAsync(planned, by);
    }

    /// <summary>Changes only the number of instances; other changes in the files are not applied.</summary>
    public Task<CommandOutcome> ScaleAsync(string formation, Initiator by) => _turn.RunAsync(async () =>
    {
        if (Scaling.Parse(formation, supervisor.Plan, out var counts) is { } problem) return new CommandOutcome(false, problem);
        var scaled = source.Scaled(counts, supervisor.Plan.Settings.Formation);
        var next = await LoadAsync(scaled.Options);
        if (!next.CanStart) return Refused(next);
        return await supervisor.ReconcileAsync(new Reconcile(
            actual => Scaling.Apply(actual, PlanNames.Keep(next, actual.Processes), counts.Keys),
            _ => string.Join('\n', counts.Select(c => $"Scaled {c.Key} to {c.Value}")),
            _ =>
            {
                source.Commit(scaled);
                recorder.Options(scaled.Options);
                RecordPending(next);
            },
            "scale", by));
    });

    // How the current plan becomes the next one; null when the names are wrong.
    private Func<ProjectPlan, ProjectPlan>? Choose(ProjectPlan next, string? subject, out string problem)
    {
        problem = "";
        if (subject is null) return actual => PlanNames.Keep(next, actual.Processes);
        if (PartialReload.Parse(subject, supervisor.Plan, next, out var names) is not { } wrong)
            return actual => PartialReload.Apply(actual, PlanNames.Keep(next, actual.Processes), names);
        problem = wrong;
        return null;
    }

    // What the files say beyond what was applied.
    private void RecordPending(ProjectPlan files)
    {
        var next = PlanNames.Keep(files, supervisor.Plan.Processes);
        recorder.Pending(PlanMessages.Pending(next, PlanDifference.Between(supervisor.Plan, next)));
    }

    private async Task<ProjectPlan> LoadAsync(PlanOptions options)
    {
        var (before, plan) = (_read, await Task.Run(() => source.Load(options)));
        _read = plan;
        if (!PlanMessages.Problems(plan).SequenceEqual(PlanMessages.Problems(before))) recorder.Problems(PlanMessages.Problems(plan));
        return plan;
    }

    private static CommandOutcome Refused(ProjectPlan next) => new(false, PlanMessages.Refusal(next));
}
