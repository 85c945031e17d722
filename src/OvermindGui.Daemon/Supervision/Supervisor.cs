using System.Collections.Immutable;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>All processes of the folder. Commands to different ones run side by side.</summary>
internal sealed partial class Supervisor : ISupervisor
{
    private readonly PlanSource _source;
    private readonly IReadOnlyList<RunLeft> _orphans;
    private readonly ProcessFactory _factory;
    private readonly EventRecorder _recorder;
    private readonly StateSignal _changes;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _endedByRule = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _recoveries = []; // added to by whoever has the turn of the plan
    private ImmutableList<SupervisedProcess> _processes = [];
    private ProjectPlan _plan;
    private int _highestExitCode;

    /// <param name="orphans">To be adopted.</param>
    public Supervisor(
        ProjectPlan plan, PlanSource source, IReadOnlyList<RunLeft> orphans, ProcessFactory factory, EventRecorder recorder, StateSignal changes)
    {
        (_plan, _source, _orphans, _factory, _recorder, _changes) = (plan, source, orphans, factory, recorder, changes);
        foreach (var planned in plan.Processes) Add(planned);
    }

    /// <summary>What a process does is its own affair: only we fail, when what follows from its ends and failures cannot be done.</summary>
    public Task Failed => _failed.Task;

    public Task<string> EndedByRule => _endedByRule.Task;

    public int HighestExitCode => Volatile.Read(ref _highestExitCode);

    public async Task StartAllAsync()
    {
        foreach (var orphan in _orphans) await _processes.First(p => p.Name == orphan.Name).AdoptAsync(orphan);
        await StartInOrderAsync(_processes.RemoveAll(p => _orphans.Any(orphan => orphan.Name == p.Name)), Initiator.Daemon);
        _recorder.StopLimit(StopLimit);
    }

    public TimeSpan StopLimit => StopPolicy.LimitOf(_processes.Select(p => p.Plan));

    public Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by) => kind switch
    {
        CommandKind.Scale => ScaleAsync(subject ?? "", by),
        CommandKind.Reload => ReloadAsync(by),
        CommandKind.PreviewReload => PreviewReloadAsync(),
        _ => ToProcessesAsync(kind, subject, by),
    };

    public async Task<CommandOutcome> TypeAsync(string process, string text)
    {
        var (meant, unknown) = NamedProcesses.Select(process, _processes, p => p.Name);
        return unknown ?? (meant is [var one]
            ? await one.TypeAsync(text)
            : new CommandOutcome(false, $"{process} means {meant.Count} processes: {string.Join(", ", meant.Select(p => p.Name))}"));
    }

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        _changes.Tell();
        await Task.WhenAll(_processes.Select(p => p.DisposeAsync().AsTask()));
        await Task.WhenAll(_starts);
        await Task.WhenAll(_recoveries);
    }

    private async Task<CommandOutcome> ToProcessesAsync(CommandKind kind, string? subject, Initiator by)
    {
        var (meant, unknown) = NamedProcesses.Select(subject, _processes, p => p.Name);
        if (unknown is not null) return unknown;
        // A start or restart of all means those that are to run; one that was left out is started by its name.
        if (subject is null && kind is CommandKind.Start or CommandKind.Restart) meant = [.. meant.Where(p => p.Plan.LeftOut is null)];
        return CommandOutcome.Of(await Task.WhenAll(meant.Select(p => ExecuteAsync(kind, p, by))));
    }

    private static Task<CommandOutcome> ExecuteAsync(CommandKind kind, SupervisedProcess process, Initiator by) => kind switch
    {
        CommandKind.Start => process.StartAsync("start", by),
        CommandKind.Stop => process.StopAsync(),
        CommandKind.Restart => process.RestartAsync(by),
        CommandKind.Kill => process.KillAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no command to a process"),
    };

    private SupervisedProcess Add(PlannedProcess planned)
    {
        var process = _factory.Create(planned);
        process.Ended = NoteEnd;
        _processes = _processes.Add(process);
        _recoveries.Add(FollowAsync(process));
        return process;
    }

    // Ends when the process is disposed of.
    private async Task FollowAsync(SupervisedProcess process)
    {
        try
        {
            await process.RecoverAsync();
        }
        catch (Exception e)
        {
            _failed.TrySetException(e); // the daemon ends, and says why
        }
    }

    private void NoteEnd(SupervisedProcess process, ExitStatus? exit, bool isForGood)
    {
        int known;
        while (exit?.Code is { } code && code > (known = HighestExitCode) && Interlocked.CompareExchange(ref _highestExitCode, code, known) != known)
        {
        }

        if (isForGood && process.Plan.EndsOthers) _endedByRule.TrySetResult($"{process.Name} {exit?.ToString() ?? "ended"}, and the end of one ends all");
    }
}
