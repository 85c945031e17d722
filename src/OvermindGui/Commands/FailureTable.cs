using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Commands;

/// <summary>Prints declarations as a table.</summary>
internal static class FailureTable
{
    /// <summary>One row per declaration. Control characters are replaced, because the file and processes may contain anything.</summary>
    public static void Write(IReadOnlyList<(string Process, IReadOnlyList<FailureDeclaration> Declarations)> processes)
    {
        if (processes.All(p => p.Declarations.Count == 0))
        {
            Console.WriteLine(processes is [var (name, _)] ? $"No failure declarations for {Visible(name)}" : "No failure declarations");
            return;
        }

        Console.WriteLine($"{"PROCESS",-15} {"ACTION",-8} {"KIND",-6} PATTERN");
        foreach (var (process, declarations) in processes)
            foreach (var declaration in declarations)
                Console.WriteLine(
                    $"{Visible(process),-15} {declaration.Action?.ToText() ?? "default",-8} {(declaration.IsRegex ? "regex" : "text"),-6} "
                    + Visible(declaration.Pattern));
    }

    /// <summary>Warns about a misspelt name, whose declaration would never match.</summary>
    public static void WarnOfUnknown(ProjectPlan plan, string process)
    {
        var known = plan.Processes.SelectMany(p => new[] { p.Entry, p.Name }).Distinct().ToList();
        if (!known.Contains(process))
            Console.Error.WriteLine($"There is no process {Visible(process)} in {(plan.Settings.Procfile == ProjectFolder.ProcfileName ? "the Procfile" : plan.Settings.Procfile)} (known: {string.Join(", ", known)})");
    }

    /// <summary>Keeps line ends, because messages may have several lines.</summary>
    public static string Visible(string text) => string.Join('\n', text.Split('\n').Select(VisibleText.Of));
}
