using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Checks;

/// <summary>Finds missing working directories.</summary>
internal static class FolderCheck
{
    public static IEnumerable<Problem> Find(ProjectPlan plan) =>
        from process in plan.Processes
        where !Directory.Exists(process.WorkingDirectory)
        select new Problem(
            ProjectChecks.PlaceOf(process, plan), ProblemSeverity.Warning,
            $"\"{process.Entry}\" runs in {process.WorkingDirectory}, and there is no such folder; create it");
}
