using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Describes the changes of a reload, one line per process.</summary>
internal static class PlanMessages
{
    public static string Of(PlanDifference difference) => difference.IsEmpty
        ? CommandOutcome.NothingChanged
        : string.Join('\n', Changes(difference));

    /// <summary>What a reload would do, or why it cannot; null when the files say what runs.</summary>
    public static PendingReload? Pending(ProjectPlan next, PlanDifference difference) =>
        !next.CanStart ? new PendingReload([], [.. Errors(next)])
        : difference.IsEmpty ? null
        : new PendingReload([.. Changes(difference)], []);

    /// <summary>What is wrong, but keeps nothing else from running: a line each.</summary>
    public static IReadOnlyList<string> Problems(ProjectPlan plan) =>
        [.. plan.Problems.Where(p => p.Severity == ProblemSeverity.Warning).Select(p => p.ToString())];

    /// <summary>Why a plan cannot be carried out: a line a reason.</summary>
    public static string Refusal(ProjectPlan plan) =>
        string.Join('\n', Errors(plan));

    private static IEnumerable<string> Errors(ProjectPlan plan) => plan.Problems.Where(p => p.Severity == ProblemSeverity.Error).Select(p => p.ToString());

    private static IEnumerable<PendingChange> Changes(PlanDifference difference) =>
    [
        .. difference.Added.Select(p => new PendingChange(PendingChangeKind.Added, p.Name, p.NotStartedReason ?? "")),
        .. difference.Removed.Select(p => new PendingChange(PendingChangeKind.Removed, p.Name, "")),
        .. difference.Changed.Select(c => new PendingChange(
            c.NeedsRestart ? PendingChangeKind.Restarted : PendingChangeKind.Updated, c.After.Name, string.Join(", ", c.What))),
    ];
}
