using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Checks;

/// <summary>Finds commands that cannot start: a missing shell, a syntax error, or a command that exceeds the system's limits.</summary>
internal static partial class CommandCheck
{
    // Linux's MAX_ARG_STRLEN, which includes the terminating NUL. Other systems limit only the sum.
    private const int LongestString = 32 * 4096 - 1;

    private static readonly TimeSpan SyntaxTimeout = TimeSpan.FromSeconds(2);

    // A project may configure its own shell, and a check must not run any of the project's programs.
    private static readonly string[] SystemFolders = ["/bin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    private static readonly string[] KnownShells = ["sh", "bash", "dash", "ash", "ksh", "zsh"];

    /// <param name="searchPath">PATH, for a shell without a slash.</param>
    public static IEnumerable<Problem> Find(ProjectPlan plan, string searchPath)
    {
        foreach (var group in plan.Processes.GroupBy(p => p.Shell))
        {
            if (ExecutableSearch.Find(group.Key, searchPath, Path.GetDirectoryName(plan.Procfile)!) is not { } shell)
            {
                yield return new Problem(
                    plan.Settings.ShellPlace ?? SourceLocation.Of("--shell"), ProblemSeverity.Error,
                    $"there is no shell {PlainText.Excerpt(group.Key)}; install it, or choose another such as /bin/sh");
                continue;
            }

            foreach (var problem in group.DistinctBy(p => p.Line).SelectMany(p => Find(p, plan, shell))) yield return problem;
        }
    }

    private static IEnumerable<Problem> Find(PlannedProcess process, ProjectPlan plan, string shell)
    {
        var place = ProjectChecks.PlaceOf(process, plan);
        if (process.Command.Reverse().TakeWhile(c => c == '\\').Count() % 2 == 1)
            yield return new Problem(
                place, ProblemSeverity.Warning,
                $"\"{process.Entry}\" ends with \\, but a Procfile has no continuation lines; write the command in one line, or put it into a script");
        if (OperatingSystem.IsLinux())
            foreach (var problem in TooLong(process, place)) yield return problem;
        if (process.Command.Length > LongestString) yield break;
        if (IsSystemShell(shell) && SyntaxError(shell, process.Command) is { } error)
            yield return new Problem(
                place, ProblemSeverity.Warning, $"{process.Shell} cannot read the command of \"{process.Entry}\": {PlainText.Excerpt(error)}");
        else if (Path.GetFileName(RealPath.Of(shell)) == "dash" && Bashisms.Find(process.Command) is { Count: > 0 } found)
            yield return new Problem(
                place, ProblemSeverity.Warning,
                $"\"{process.Entry}\" needs bash ({PlainText.Names(found)}), but {process.Shell} is dash; add --shell /bin/bash, or rewrite it");
    }

    private static IEnumerable<Problem> TooLong(PlannedProcess process, SourceLocation place)
    {
        if (Encoding.UTF8.GetByteCount(process.Command) is > LongestString and var bytes)
            yield return new Problem(
                place, ProblemSeverity.Error,
                $"the command of \"{process.Entry}\" has {bytes} bytes, and the system takes {LongestString}; put it into a script");
        foreach (var (name, variable) in process.Environment)
            if (Encoding.UTF8.GetByteCount(name) + 1 + Encoding.UTF8.GetByteCount(variable.Value) > LongestString)
                yield return new Problem(
                    variable.Origin, ProblemSeverity.Error,
                    $"{name} has more than the {LongestString} bytes that the system takes for a variable; put the value into a file");
    }

    private static bool IsSystemShell(string shell) =>
        SystemFolders.Contains(Path.GetDirectoryName(shell)) && KnownShells.Contains(Path.GetFileName(shell));

    /// <summary>The error of <c>sh -n</c> without its name prefix; null when the command is valid or the shell reports nothing.</summary>
    private static string? SyntaxError(string shell, string command)
    {
        var start = new ProcessStartInfo(shell, ["-n", "-c", command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var startupFile in new[] { "ENV", "BASH_ENV", "ZDOTDIR" }) start.Environment.Remove(startupFile);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var said = process.StandardError.ReadToEndAsync();
            if (process.WaitForExit(SyntaxTimeout)) return process.ExitCode == 0 ? null : MessagePattern().Replace(said.Result.Trim(), "");
            process.Kill();
            return null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null; // the shell cannot be executed here; a start reports that
        }
    }

    // "sh: 1: Syntax error: …", "bash: -c: line 2: syntax error: …"
    [GeneratedRegex(@"^\S+: (-c: )?(line )?[0-9]+: ", RegexOptions.CultureInvariant)]
    private static partial Regex MessagePattern();
}
