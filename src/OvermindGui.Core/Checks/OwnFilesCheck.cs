using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Checks;

/// <summary>Finds files that the daemon must write but cannot.</summary>
internal static class OwnFilesCheck
{
    // Opening a file would take its lock, and a living daemon's file must stay untouched: ask instead.
    public static IEnumerable<Problem> Find(ProjectFolder folder) =>
        from path in new[] { folder.Data, folder.Database, folder.PidFile, folder.DaemonLog }
        where Path.Exists(path) && !PathAccess.IsWritable(path)
        select new Problem(
            new SourceLocation(path == folder.Data ? folder.Data : Path.GetFileName(path)), ProblemSeverity.Error,
            "the daemon has to write it, and you may not; make it writable (chmod u+w, or chown)");
}
