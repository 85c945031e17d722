using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Checks;

/// <summary>Checks whether a daemon already runs on the folder.</summary>
internal static class DaemonCheck
{
    public static IEnumerable<Problem> Find(ProjectFolder folder)
    {
        if (DaemonLock.IsHeld(folder))
            yield return new Problem(
                SourceLocation.Of("daemon"), ProblemSeverity.Hint,
                $"one is already running here (PID {DaemonLock.ReadPid(folder)}); it keeps its options, and takes in changed files by reload");
    }
}
