using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Persistence;

/// <summary>What <c>process_status</c> says of a process that follows from its plan.</summary>
internal static class PlanRows
{
    /// <summary>Takes <see cref="Values"/>. The state of a process that is there already stays.</summary>
    public const string Upsert =
        """
        INSERT INTO process_status(process_name, updated_at, position, command, entry, instance, port, process_group, rule, status, reason)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT(process_name) DO UPDATE SET position = $3, command = $4, entry = $5, instance = $6, port = $7, process_group = $8, rule = $9
        """;

    public static object?[] Values(PlannedProcess plan, int position, double now) =>
    [
        plan.Name, now, position, plan.Command, plan.Entry, plan.Instance, plan.Port, plan.Group, RuleFormatter.Of(plan), ProcessState.Stopped.ToText(),
        plan.NotStartedReason,
    ];
}
