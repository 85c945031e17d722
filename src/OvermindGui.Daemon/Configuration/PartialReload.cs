using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Daemon.Configuration;

/// <summary>Some of what another plan changes, and the rest as it is.</summary>
internal static class PartialReload
{
    /// <summary>Reads names with commas between them; returns what is wrong with them, or null.</summary>
    public static string? Parse(string subject, ProjectPlan current, ProjectPlan next, out IReadOnlySet<string> names)
    {
        var asked = subject.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        names = asked;
        var known = current.Processes.Concat(next.Processes).Select(p => p.Name).Distinct().ToList();
        var unknown = asked.Except(known).ToList();
        return unknown.Count > 0 || asked.Count == 0
            ? UnknownProcessText.Of(string.Join(", ", unknown.DefaultIfEmpty("\"\"")), known)
            : null;
    }

    /// <summary>
    /// The current plan with the named processes as the next one has them: added, changed or removed. Those that only the current plan has
    /// and that are not named stay, behind the others.
    /// </summary>
    public static ProjectPlan Apply(ProjectPlan current, ProjectPlan next, IReadOnlySet<string> names)
    {
        var before = current.Processes.ToDictionary(p => p.Name);
        var after = next.Processes.Select(p => p.Name).ToHashSet();
        return current with
        {
            Processes =
            [
                .. next.Processes.Where(p => names.Contains(p.Name) || before.ContainsKey(p.Name))
                    .Select(p => names.Contains(p.Name) ? p : before[p.Name]),
                .. current.Processes.Where(p => !after.Contains(p.Name) && !names.Contains(p.Name)),
            ],
        };
    }
}
