using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Checks;

/// <summary>Finds missing programs at the beginning of commands. Reports nothing in case of doubt.</summary>
internal static class ExecutableCheck
{
    // Other shells have different syntax.
    private static readonly string[] KnownShells = ["sh", "bash", "dash", "ash", "ksh", "zsh"];

    /// <param name="searchPath">PATH of processes that do not set their own.</param>
    public static IEnumerable<Problem> Find(ProjectPlan plan, string searchPath) =>
        from process in plan.Processes
        where KnownShells.Contains(Path.GetFileName(process.Shell)) && Directory.Exists(process.WorkingDirectory)
        let path = process.Environment.GetValueOrDefault("PATH")?.Value ?? searchPath
        where path.Length > 0
        from program in ShellPrograms.Of(process.Command)
        where !IsThere(program, path, process.WorkingDirectory)
        select new Problem(
            ProjectChecks.PlaceOf(process, plan), ProblemSeverity.Warning, Message(process, program));

    private static bool IsThere(ShellProgram program, string path, string root)
    {
        var folder = Path.GetFullPath(Path.Combine([root, .. program.Folders]));
        // Skips commands in a missing folder: the shell's own error is clear enough.
        return !Directory.Exists(folder) || ExecutableSearch.Find(program.Word, path, folder) is not null;
    }

    private static string Message(PlannedProcess process, ShellProgram program) => program.IsPath
        ? $"\"{process.Entry}\" runs {PlainText.Excerpt(program.Word)}, and there is no such executable file; build it, or chmod +x it"
        : $"\"{process.Entry}\" runs {PlainText.Excerpt(program.Word)}, which is not on its PATH; install it, or correct the line";
}
