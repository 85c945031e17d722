using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Checks;

/// <summary>Finds processes that are configured to use the same port.</summary>
internal static class SamePortCheck
{
    public static IEnumerable<Problem> Find(ProjectPlan plan) =>
        from process in plan.Processes.Where(p => p.NotStartedReason is null && p.Port is not null).GroupBy(p => p.Port).Where(g => g.Count() > 1)
        let first = process.First()
        from other in process.Skip(1)
        select new Problem(
            ProjectChecks.PlaceOf(other, plan), ProblemSeverity.Warning,
            $"\"{other.Name}\" has PORT {other.Port} like \"{first.Name}\" on line {first.Line}; give ports that differ, as by --port-step");
}
