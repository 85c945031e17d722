using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Describes the changes of a reload, one line per process.</summary>
internal static class PlanMessages
{
    public static string Of(PlanDifference difference) => difference.IsEmpty
        ? "Nothing has changed"
        : string.Join('\n', Lines(difference));

    /// <summary>What is wrong, but keeps nothing else from running: a line each.</summary>
    public static IReadOnlyList<string> Problems(ProjectPlan plan) =>
        [.. plan.Problems.Where(p => p.Severity == ProblemSeverity.Warning).Select(p => p.ToString())];

    /// <summary>Why a plan cannot be carried out: a line a reason.</summary>
    public static string Refusal(ProjectPlan plan) =>
        string.Join('\n', plan.Problems.Where(p => p.Severity == ProblemSeverity.Error).Select(p => p.ToString()));

    private static IEnumerable<string> Lines(PlanDifference difference) =>
    [
        .. difference.Added.Select(p => $"+ {p.Name}{(p.NotStartedReason is { } why ? $" ({why})" : "")}"),
        .. difference.Removed.Select(p => $"- {p.Name}"),
        .. difference.Changed.Select(c => $"~ {c.After.Name}: {string.Join(", ", c.What)}{(c.NeedsRestart ? "" : " (without a restart)")}"),
    ];
}
