using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Checks;

/// <summary>Finds failure declarations that are invalid, or that belong to no process.</summary>
internal static class DeclarationsCheck
{
    public static IEnumerable<Problem> Find(ProjectFolder folder, ProjectPlan plan)
    {
        var reading = new DeclarationsFile(folder, TimeProvider.System).Read();
        var known = plan.Processes.SelectMany(p => new[] { p.Entry, p.Name }).Distinct().ToList();
        return
        [
            .. reading.Problems,
            .. reading.ByProcess.Keys.Where(name => known.Count > 0 && !known.Contains(name)).Select(name => new Problem(
                new SourceLocation(ProjectFolder.DeclarationsFileName), ProblemSeverity.Warning,
                $"there is no process \"{PlainText.Excerpt(name)}\"; there are: {PlainText.Names(known)}")),
        ];
    }
}
