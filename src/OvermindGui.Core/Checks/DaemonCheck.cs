using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Checks;

/// <summary>Checks whether a daemon already runs on the folder.</summary>
internal static class DaemonCheck
{
    public static IEnumerable<PlanProblem> Find(ProjectFolder folder)
    {
        if (DaemonLock.IsHeld(folder))
            yield return new PlanProblem(
                ProblemSeverity.Hint, "daemon",
                $"one is already running here (PID {DaemonLock.ReadPid(folder)}); it keeps its options, and takes in changed files by reload");
    }
}
