using System.Runtime.InteropServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Checks;

/// <summary>Finds files that the daemon must write but cannot.</summary>
internal static partial class OwnFilesCheck
{
    private const int Writable = 2; // W_OK

    public static IEnumerable<PlanProblem> Find(ProjectFolder folder) =>
        from path in new[] { folder.Data, folder.Database, folder.PidFile, folder.DaemonLog }
        where Path.Exists(path) && Access(path, Writable) != 0
        select new PlanProblem(
            ProblemSeverity.Error, path == folder.Data ? folder.Data : Path.GetFileName(path),
            "the daemon has to write it, and you may not; make it writable (chmod u+w, or chown)");

    // Opening it would take its lock, and a living daemon's file must stay untouched.
    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
