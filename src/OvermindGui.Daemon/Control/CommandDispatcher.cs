using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Control;

/// <summary>
/// Executes commands from all sources, and records each with its initiator and its outcome. A failure becomes the outcome of that
/// command. No method waits for a file or the database.
/// </summary>
internal sealed class CommandDispatcher(
    ISupervisor supervisor, EventRecorder recorder, TimeProvider time, ILogger<CommandDispatcher> logger, PlanReloader? reloader = null, AgentPolicyFile? agents = null)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _underWay = [];
    private readonly List<Accepted> _quits = [];
    private readonly TaskCompletionSource<Initiator> _quitRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<CommandOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommandOutcome? _end; // of the daemon, as it was recorded

    private sealed record Accepted(CommandRequest Request, long? Row, double At);

    /// <summary>Completes with the initiator when a shutdown is requested.</summary>
    public Task<Initiator> QuitRequested => _quitRequested.Task;

    /// <summary>Within this time a command of this kind has its outcome, by the stop timeouts of the processes.</summary>
    public TimeSpan LimitOf(CommandKind kind) => kind switch
    {
        CommandKind.Reload or CommandKind.Scale => 2 * supervisor.StopLimit, // what is removed ends before what has changed
        _ => supervisor.StopLimit,
    };

    /// <summary>Carries a command out; the outcome of a quit is known when everything has ended.</summary>
    /// <param name="row">Its row in <c>daemon_commands</c>; null when it has none yet.</param>
    public async Task<CommandOutcome> ExecuteAsync(CommandRequest request, long? row = null)
    {
        var accepted = new Accepted(request, row, time.Seconds());
        logger.LogInformation("{Command}, asked for by {Initiator}", request, request.RequestedBy);
        if (request.Kind == CommandKind.Quit) return await QuitAsync(accepted);

        var carryingOut = CarryOutAsync(accepted);
        lock (_gate) _underWay.Add(carryingOut);
        var outcome = await carryingOut;
        lock (_gate) _underWay.Remove(carryingOut);
        return outcome;
    }

    /// <summary>Waits until every command that was accepted has its outcome, quits excepted.</summary>
    public Task DrainAsync()
    {
        lock (_gate) return Task.WhenAll(_underWay);
    }

    /// <summary>Records what came of the quits: the daemon has stopped its processes.</summary>
    public void RecordEnd(CommandOutcome outcome)
    {
        lock (_gate)
        {
            _end = outcome;
            foreach (var quit in _quits) Record(quit, outcome);
        }
    }

    /// <summary>Answers the quits: the daemon is about to be gone.</summary>
    public void AnswerEnd(CommandOutcome outcome) => _ended.TrySetResult(outcome);

    private Task<CommandOutcome> QuitAsync(Accepted quit)
    {
        lock (_gate)
        {
            _quits.Add(quit);
            if (_end is { } end) Record(quit, end); // a moment too late to be waited for, and still answered
        }

        _quitRequested.TrySetResult(quit.Request.RequestedBy);
        return _ended.Task;
    }

    private async Task<CommandOutcome> CarryOutAsync(Accepted accepted)
    {
        CommandOutcome outcome;
        try
        {
            outcome = await CarryOutAsync(accepted.Request);
        }
        catch (Exception e)
        {
            logger.LogError(e, "{Command} failed", accepted.Request);
            outcome = new CommandOutcome(false, $"{accepted.Request.Kind.ToText()} failed: {e.Message}. Details are in the daemon's log");
        }

        logger.LogInformation("{Command}: {Outcome}", accepted.Request, outcome.Message);
        Record(accepted, outcome);
        return outcome;
    }

    private async Task<CommandOutcome> CarryOutAsync(CommandRequest request)
    {
        if (request.RequestedBy.Kind == InitiatorKind.Mcp && await RefusalAsync(request.Kind) is { } refusal) return new CommandOutcome(false, refusal);
        switch (request.Kind)
        {
            case CommandKind.Input:
                return await supervisor.TypeAsync(request.Subject ?? "", request.Argument ?? "");
            case CommandKind.Inspect:
                recorder.Inspect();
                return new CommandOutcome(true, "The database is looked at");
            case CommandKind.Reload when reloader is not null:
                return await reloader.ReloadAsync(request.Subject, request.RequestedBy);
            case CommandKind.PreviewReload when reloader is not null:
                return await reloader.DescribeAsync(request.Subject);
            case CommandKind.Run when reloader is not null:
                return await reloader.RunAsync(request.Subject, request.Argument, request.RequestedBy);
            case CommandKind.Run:
                return new CommandOutcome(false, "In overmind mode, overmind alone runs processes");
            case CommandKind.Scale when reloader is not null:
                return await reloader.ScaleAsync(request.Subject ?? "", request.RequestedBy);
            default:
                return await supervisor.ExecuteAsync(request.Kind, request.Subject, request.RequestedBy);
        }
    }

    // The tools for agents check this too; a tool of an older version may not.
    private async Task<string?> RefusalAsync(CommandKind kind)
    {
        var needed = kind is CommandKind.Input or CommandKind.Run ? AgentTier.Run : AgentTier.Control;
        return agents is not null && await Task.Run(agents.Read) is var highest && highest < needed
            ? $"Agents may not {kind.ToText()} in this project (highest tier: {highest.ToText()}); it is changed in the dashboard, under Agents"
            : null;
    }

    // Looking changes nothing, so it leaves no row of its own.
    private void Record(Accepted accepted, CommandOutcome outcome)
    {
        if (accepted.Row is { } row) recorder.CommandCompleted(row, outcome);
        else if (accepted.Request.Kind is not (CommandKind.Inspect or CommandKind.PreviewReload))
            recorder.Command(accepted.Request, accepted.At, outcome);
    }
}
