using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Checks;

/// <summary>Finds errors and likely surprises in a project, without starting or changing anything.</summary>
public static class ProjectChecks
{
    /// <summary>All findings, by file and line.</summary>
    public static IReadOnlyList<Problem> Find(ProjectFolder folder, ProjectPlan plan)
    {
        var found = plan.Problems
            .Concat(FolderCheck.Find(plan))
            .Concat(CommandCheck.Find(plan, Environment.GetEnvironmentVariable("PATH") ?? ""))
            .Concat(ExecutableCheck.Find(plan, Environment.GetEnvironmentVariable("PATH") ?? ""))
            .Concat(SamePortCheck.Find(plan))
            .Concat(TakenPortCheck.Find(folder, plan))
            .Concat(OwnFilesCheck.Find(folder))
            .Concat(DeclarationsCheck.Find(folder, plan))
            .Concat(DaemonCheck.Find(folder));
        return
        [
            .. found.Distinct()
                .OrderBy(f => f.File != plan.Settings.Procfile).ThenBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)
                .ThenByDescending(f => f.Severity),
        ];
    }

    internal static SourceLocation PlaceOf(PlannedProcess process, ProjectPlan plan) => new(plan.Settings.Procfile, process.Line);
}
