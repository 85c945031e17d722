using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Supervision;

/// <summary>What the supervisor's mailbox holds. Taking a message never waits; its answer may.</summary>
internal abstract record SupervisorMessage
{
    private readonly TaskCompletionSource<CommandOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<CommandOutcome> Outcome => _outcome.Task;

    public void Answer(CommandOutcome outcome) => _outcome.TrySetResult(outcome);

    public void Answer(Exception failure) => _outcome.TrySetException(failure);
}

/// <summary>A command to some processes, or to all when none is named.</summary>
internal sealed record ProcessCommand(CommandKind Kind, string? Subject, Initiator By) : SupervisorMessage
{
    /// <summary>Why runs are started, as they record it.</summary>
    public required string Cause { get; init; }
}

/// <summary>Starts a program that is in no plan.</summary>
internal sealed record StartOneOff(PlannedProcess Planned, Initiator By) : SupervisorMessage;

/// <summary>Makes what runs equal to a plan.</summary>
/// <param name="Desired">The plan, from what runs when the message is taken.</param>
/// <param name="Describe">What to say once it has been done.</param>
/// <param name="Committed">Called once it has been done, in the mailbox's turn.</param>
/// <param name="Cause">Why added processes are started, as their runs record it.</param>
internal sealed record Reconcile(
    Func<ProjectPlan, ProjectPlan> Desired, Func<PlanDifference, string> Describe, Action<PlanDifference> Committed, string Cause, Initiator By)
    : SupervisorMessage
{
    /// <summary>The only ones to start of those that are added; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }
}

/// <summary>The work of a <see cref="Supervision.Reconcile"/> is over.</summary>
/// <param name="Problems">What did not work: a line each.</param>
/// <param name="Failure">A fault of ours; then the plan is not what runs, and the next reconciliation begins from what does.</param>
internal sealed record Reconciled(
    Reconcile Request, ProjectPlan Plan, PlanDifference Difference, IReadOnlyList<string> Problems, Exception? Failure) : SupervisorMessage;

/// <summary>The last message: everything is stopped, and nothing is started after it.</summary>
internal sealed record StopAll : SupervisorMessage;
