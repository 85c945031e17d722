using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Capture;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Supervision;

/// <summary>
/// All processes of the folder, behind one mailbox. Its messages are taken one after the other, and only that changes which processes there
/// are and by which plan. What follows is work on processes: it goes on beside the mailbox, each process does its own in order, and none waits
/// for another. Nothing here reads a file or waits for the database.
/// </summary>
internal sealed class Supervisor : ISupervisor
{
    private static readonly CommandOutcome Ending = new(false, "The daemon is ending, and starts nothing any more");

    // A dependency that is not ready by then is as it is; what depends on it is restarted all the same.
    private static readonly TimeSpan DependencyPatience = TimeSpan.FromMinutes(1);

    private readonly Channel<SupervisorMessage> _mailbox = Channel.CreateUnbounded<SupervisorMessage>(new() { SingleReader = true });
    private readonly Queue<Reconcile> _waiting = [];
    private readonly IReadOnlyList<RunLeft> _orphans;
    private readonly ProcessFactory _factory;
    private readonly EventRecorder _recorder;
    private readonly StateSignal _changes;
    private readonly ILogger<Supervisor> _logger;
    private readonly DependencyStarter _starter;
    private readonly SupervisedLoops _recoveries;
    private readonly TaskCompletionSource<string> _endedByRule = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private ImmutableList<SupervisedProcess> _processes = []; // replaced by the mailbox alone, read by all
    private ProjectPlan _plan; // the same
    private Task _reconciling = Task.CompletedTask;
    private bool _isReconciling;
    private int _highestExitCode;

    /// <param name="orphans">Runs of an earlier daemon, to be adopted at the start.</param>
    public Supervisor(
        ProjectPlan plan, IReadOnlyList<RunLeft> orphans, ProcessFactory factory, EventRecorder recorder, StateSignal changes, SupervisedLoops loops,
        ILogger<Supervisor> logger)
    {
        (_plan, _orphans, _factory, _recorder, _changes, _recoveries, _logger) = (plan, orphans, factory, recorder, changes, loops, logger);
        _starter = new DependencyStarter(name => _processes.Find(p => p.Name == name), changes, _recoveries);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>By what it would plan now: the plan, with the processes that there are.</summary>
    public ProjectPlan Plan => _plan with { Processes = [.. _processes.Where(p => p is { IsRetired: false, Plan.OneOff: null }).Select(p => p.Plan)] };

    public IReadOnlyList<RunningProcess> Running => [.. _processes.Select(p => p.Running).OfType<RunningProcess>()];

    public Task Failed { get; } = new TaskCompletionSource().Task;

    public Task<string> EndedByRule => _endedByRule.Task;

    public int HighestExitCode => Volatile.Read(ref _highestExitCode);

    public TimeSpan StopLimit => StopPolicy.LimitOf(_processes.Select(p => p.Plan));

    public async Task StartAllAsync(FirstStart first, CancellationToken cancellationToken)
    {
        var plan = _plan;
        _plan = plan with { Processes = [] };
        await ReconcileAsync(new Reconcile(_ => plan, _ => "", _ => { }, "daemon start", first.By) { Only = first.Names }).WaitAsync(cancellationToken);
    }

    public Task<CommandOutcome> ExecuteAsync(CommandKind kind, string? subject, Initiator by, string? cause = null)
    {
        var command = new ProcessCommand(kind, subject, by) { Cause = cause ?? kind.ToText() };
        if (_mailbox.Writer.TryWrite(command)) return command.Outcome;
        // A process that takes its time to end may still be asked again, or be killed.
        return kind is CommandKind.Stop or CommandKind.Kill ? CarryOutAsync(command) : Task.FromResult(Ending);
    }

    /// <summary>Files that a process watches have changed: restarts it, or does what its rule says instead.</summary>
    /// <param name="what">The changed files, as they are shown.</param>
    public async Task TakeChangeAsync(string name, WatchRule rule, string what, CancellationToken cancellationToken)
    {
        if (_processes.Find(p => p.Name == name) is not { } process) return;
        var by = new Initiator(InitiatorKind.FileChange, what);
        if (rule is not { Signal: null, Command: null }) await process.ReactAsync(rule, what, cancellationToken);
        else if (await process.RestartForChangeAsync(by) && rule.Cascade) await RestartDependentsAsync(name, by, cancellationToken);
    }

    // Each when those that it depends on are as they have to be for a start.
    private async Task RestartDependentsAsync(string name, Initiator by, CancellationToken cancellationToken)
    {
        var order = StartOrder.Of(Plan.Processes);
        foreach (var dependent in order.DependentsOf(name))
        {
            if (_processes.Find(p => p.Name == dependent) is not { } process) continue;
            await _changes.WaitUntilAsync(
                () => order.WaitsOf(dependent).All(wait => _processes.Find(p => p.Name == wait.For.Name)?.Has(wait.Until) ?? true), DependencyPatience)
                .WaitAsync(cancellationToken);
            await process.RestartForChangeAsync(by);
        }
    }

    public void RestartFor(string process, RuleViolation violation) => _processes.Find(p => p.Name == process)?.RestartFor(violation);

    /// <summary>Makes what runs equal to a plan; one such request is carried out after the other.</summary>
    public Task<CommandOutcome> ReconcileAsync(Reconcile request) =>
        _mailbox.Writer.TryWrite(request) ? request.Outcome : Task.FromResult(Ending);

    /// <summary>Starts a program that is in no plan, beside what is; a reload leaves it alone.</summary>
    public Task<CommandOutcome> StartOneOffAsync(PlannedProcess planned, Initiator by)
    {
        var message = new StartOneOff(planned, by);
        return _mailbox.Writer.TryWrite(message) ? message.Outcome : Task.FromResult(Ending);
    }

    public async Task<CommandOutcome> TypeAsync(string process, string text)
    {
        var (meant, unknown) = NamedProcesses.Select(process, _processes, p => p.Name);
        return unknown ?? (meant is [var one]
            ? await one.TypeAsync(text)
            : new CommandOutcome(false, $"{process} means {meant.Count} processes: {string.Join(", ", meant.Select(p => p.Name))}"));
    }

    public (IChild? Child, string Answer) Find(string process)
    {
        var (meant, unknown) = NamedProcesses.Select(process, _processes, p => p.Name);
        return unknown is not null ? (null, unknown.Message)
            : meant is [var one] ? (one.Current, one.Current is null ? $"{one.Name} is not running" : one.Name)
            : (null, $"{process} means {meant.Count} processes: {string.Join(", ", meant.Select(p => p.Name))}");
    }

    public async Task StopAllAsync()
    {
        if (_mailbox.Writer.TryWrite(new StopAll())) _mailbox.Writer.TryComplete();
        await _reading;
        await Task.WhenAll(_processes.Select(p => p.RetireAsync("the daemon is ending")));
        await _reconciling;
        await _recoveries.Ended;
    }

    public Task KillAllAsync() => Task.WhenAll(_processes.Select(p => p.KillAsync()));

    private async Task ReadAsync()
    {
        await foreach (var message in _mailbox.Reader.ReadAllAsync())
        {
            try
            {
                Take(message);
            }
            catch (Exception e)
            {
                _logger.LogError(e, "{Message} failed", message.GetType().Name);
                message.Answer(e);
            }
        }
    }

    private void Take(SupervisorMessage message)
    {
        switch (message)
        {
            case ProcessCommand command:
                _ = AnswerAsync(command);
                break;
            case StartOneOff oneOff:
                Begin(oneOff);
                break;
            case Reconcile request:
                _waiting.Enqueue(request);
                ReconcileNext();
                break;
            case Reconciled done:
                Commit(done);
                ReconcileNext();
                break;
            case StopAll:
                BeginEnd();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(message), message, null);
        }
    }

    // Those that ended before leave the list now, so that it does not grow with every program that was ever run.
    private void Begin(StartOneOff message)
    {
        if (_processes.Exists(p => p.Name == message.Planned.Name))
        {
            message.Answer(new CommandOutcome(false, $"There is a process {message.Planned.Name} already; choose another name"));
            return;
        }

        foreach (var ended in _processes.FindAll(p => p.Plan.OneOff == OneOff.Forgotten && p.HasEnded))
        {
            _ = ended.RetireAsync("it was run once");
            _recorder.Forget(ended.Name);
            _processes = _processes.Remove(ended);
        }

        var process = _factory.Create(message.Planned);
        _processes = _processes.Add(process);
        _recorder.Plan(message.Planned, _processes.Count - 1);
        _recoveries.Run($"What follows from the failures of {process.Name}", process.RecoverAsync);
        _ = AnswerAsync(message, process);
    }

    private static async Task AnswerAsync(StartOneOff message, SupervisedProcess process)
    {
        try
        {
            message.Answer(await process.StartAsync("run", message.By));
        }
        catch (Exception e)
        {
            message.Answer(e);
        }
    }

    private void BeginEnd()
    {
        while (_waiting.TryDequeue(out var request)) request.Answer(Ending);
        // From here on no process starts: what is under way meets a process that is retired.
        foreach (var process in _processes) _ = process.RetireAsync("the daemon is ending");
    }

    private async Task AnswerAsync(ProcessCommand command)
    {
        try
        {
            command.Answer(await CarryOutAsync(command));
        }
        catch (Exception e)
        {
            command.Answer(e);
        }
    }

    private async Task<CommandOutcome> CarryOutAsync(ProcessCommand command)
    {
        var (meant, unknown) = NamedProcesses.Select(command.Subject, _processes, p => p.Name);
        if (unknown is not null) return unknown;
        // A start or restart of all means those that are to run; one that was left out is started by its name.
        if (command is { Subject: null, Kind: CommandKind.Start or CommandKind.Restart }) meant = [.. meant.Where(p => p.Plan is { NotStartedReason: null, OneOff: null })];
        return CommandOutcome.Of(await Task.WhenAll(meant.Select(p => CarryOutAsync(command, p))));
    }

    private async Task<CommandOutcome> CarryOutAsync(ProcessCommand command, SupervisedProcess process)
    {
        try
        {
            return command.Kind switch
            {
                CommandKind.Start => await process.StartAsync(command.Cause, command.By),
                CommandKind.Stop => await process.StopAsync(command.By),
                CommandKind.Restart => await process.RestartAsync(command.Cause, command.By),
                CommandKind.Kill => await process.KillAsync(command.By),
                _ => throw new ArgumentOutOfRangeException(nameof(command), command.Kind, "no command to a process"),
            };
        }
        catch (Exception e)
        {
            _logger.LogError(e, "{Command} of {Process} failed", command.Kind, process.Name); // the others have their own outcome
            return new CommandOutcome(false, $"{process.Name}: {e.Message}");
        }
    }

    private void ReconcileNext()
    {
        if (_isReconciling || !_waiting.TryDequeue(out var request)) return;
        ProjectPlan desired;
        PlanDifference difference;
        try
        {
            desired = request.Desired(Plan);
            difference = PlanDifference.Between(Plan, desired);
        }
        catch (Exception e)
        {
            request.Answer(e);
            ReconcileNext();
            return;
        }

        var removed = _processes.FindAll(p => difference.Removed.Any(r => r.Name == p.Name));
        var added = difference.Added.Select(planned => Add(planned, desired)).ToList();
        _isReconciling = true;
        _reconciling = ApplyAsync(request, desired, difference, removed, added);
    }

    /// <summary>The work itself: processes end before those that take their place start.</summary>
    private async Task ApplyAsync(
        Reconcile request, ProjectPlan desired, PlanDifference difference, IReadOnlyList<SupervisedProcess> removed, IReadOnlyList<SupervisedProcess> added)
    {
        CommandOutcome[] outcomes = [];
        Exception? failure = null;
        try
        {
            await Task.WhenAll(removed.Select(p => p.RetireAsync("it is no longer in the Procfile")));
            outcomes = await Task.WhenAll(difference.Changed.Select(change => ChangeAsync(change, request.By)));
            outcomes = [.. outcomes, .. await StartAsync(added, desired, request)];
        }
        catch (Exception e)
        {
            _logger.LogError(e, "A new plan could not be applied");
            failure = e;
        }

        var done = new Reconciled(request, desired, difference, [.. outcomes.Where(o => !o.Succeeded).Select(o => o.Message)], failure);
        if (!_mailbox.Writer.TryWrite(done)) request.Answer(Ending);
    }

    private Task<CommandOutcome> ChangeAsync(ProcessChange change, Initiator by)
    {
        var process = _processes.Find(p => p.Name == change.After.Name)!;
        return process.ChangeAsync(_factory.Spec(change.After), change, by);
    }

    private async Task<IReadOnlyList<CommandOutcome>> StartAsync(IReadOnlyList<SupervisedProcess> added, ProjectPlan desired, Reconcile request)
    {
        foreach (var orphan in _orphans)
            if (added.FirstOrDefault(p => p.Name == orphan.Name) is { } process) await process.AdoptAsync(orphan);
        var idle = added.Where(p => !p.HasRun).ToList();
        var wanted = request.Only is { } only ? idle.FindAll(p => only.Contains(p.Name) || only.Contains(p.Plan.Entry)) : idle;
        foreach (var process in idle.Except(wanted)) await process.LeaveStoppedAsync();
        return await _starter.StartAsync(wanted, desired, request.Cause, request.By);
    }

    /// <summary>What has been done counts from now on. After a fault that is not the plan, and the next request finds out by itself.</summary>
    private void Commit(Reconciled done)
    {
        _isReconciling = false;
        foreach (var gone in _processes.Where(p => p.IsRetired)) _recorder.Forget(gone.Name);
        _processes = _processes.RemoveAll(p => p.IsRetired);
        if (done.Failure is { } failure)
        {
            done.Request.Answer(failure);
            return;
        }

        _plan = done.Plan;
        var order = done.Plan.Processes.Index().ToDictionary(p => p.Item.Name, p => p.Index);
        _processes = [.. _processes.OrderBy(p => order.GetValueOrDefault(p.Name, int.MaxValue))];
        foreach (var (position, planned) in done.Plan.Processes.Index()) _recorder.Plan(planned, position);
        _recorder.StopLimit(StopLimit);
        _changes.NotifyChanged();
        done.Request.Committed(done.Difference);
        done.Request.Answer(new CommandOutcome(
            done.Problems.Count == 0, string.Join('\n', done.Problems.Prepend(done.Request.Describe(done.Difference)))));
    }

    private SupervisedProcess Add(PlannedProcess planned, ProjectPlan desired)
    {
        var process = _factory.Create(planned);
        process.Ended = NoteEnd;
        _processes = _processes.Add(process);
        _recorder.Plan(planned, desired.Processes.Index().First(p => p.Item.Name == planned.Name).Index);
        _recoveries.Run($"What follows from the failures of {process.Name}", process.RecoverAsync);
        return process;
    }

    private void NoteEnd(SupervisedProcess process, ExitStatus? exit, bool isForGood, string how)
    {
        int known;
        while (!process.Plan.IsSuccess(exit) && exit?.Code is { } code && code > (known = HighestExitCode) && Interlocked.CompareExchange(ref _highestExitCode, code, known) != known)
        {
        }

        if (isForGood && process.Plan.StopAllOnExit) _endedByRule.TrySetResult($"{process.Name} {how}, and the end of one ends all");
    }
}
