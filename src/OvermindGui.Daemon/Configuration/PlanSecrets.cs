using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Values of a project's variables that are secret, for lines that leave the machine.</summary>
internal static class PlanSecrets
{
    public static IReadOnlyList<string> Of(ProjectPlan plan) =>
    [
        .. plan.Processes.SelectMany(p => p.Environment).Concat(plan.Variables)
            .Where(v => SecretNames.LooksSecret(v.Key, v.Value.Value)).Select(v => v.Value.Value).Distinct(),
    ];
}
