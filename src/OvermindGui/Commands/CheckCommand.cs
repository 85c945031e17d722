using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using OvermindGui.Core.Checks;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Terminal;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Commands;

/// <summary><c>check</c>: validates the project. Exit code 1 when anything is more severe than a hint.</summary>
internal static class CheckCommand
{
    // Keeps quotes and other scripts readable. The text is never embedded in a page.
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var command = new Command("check", "Check the project for errors and pitfalls without starting anything");
        var folder = new FolderArguments();
        var flags = new PlanFlags();
        var json = new Option<bool>("--json") { Description = "Print a JSON array" };
        folder.AddTo(command);
        flags.AddTo(command);
        command.Add(json);
        command.SetFailableAction(words =>
        {
            var project = folder.Folder(words);
            var plan = RecordedPlan.Load(project, flags.Read(words).Options);
            var findings = ProjectChecks.Find(project, plan);
            if (words.GetValue(json)) WriteJson(findings);
            else WriteText(findings, plan);
            return Task.FromResult(findings.Any(f => f.Severity != ProblemSeverity.Hint) ? 1 : 0);
        });
        return command;
    }

    private static void WriteText(IReadOnlyList<Problem> findings, ProjectPlan plan)
    {
        foreach (var finding in findings)
            Console.WriteLine($"{WordOf(finding.Severity),-7} {VisibleText.Of(finding.Place)}: {VisibleText.Of(finding.Message)}");
        if (findings.Count == 0)
            Console.WriteLine($"Nothing is wrong: {Quantity.Processes(plan.Processes.Count)} can start");
        // A command-line flag needs no explanation of its source.
        var given = plan.Settings.Configured.Where(g => g.Value.Place != SourceLocation.Of(g.Option)).ToList();
        if (given.Count > 0) Console.WriteLine("\nSettings, and where they come from:");
        foreach (var (option, value) in given)
            Console.WriteLine($"  {option,-20} {VisibleText.Of(value.Value),-20} {VisibleText.Of(value.Place.ToString())}");
    }

    private static void WriteJson(IReadOnlyList<Problem> findings)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, JsonOptions))
        {
            writer.WriteStartArray();
            foreach (var finding in findings) Write(writer, finding);
            writer.WriteEndArray();
        }

        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter writer, Problem finding)
    {
        writer.WriteStartObject();
        writer.WriteString("severity", WordOf(finding.Severity));
        writer.WriteString("place", finding.Place);
        writer.WriteString("file", finding.File);
        if (finding.Line is { } line) writer.WriteNumber("line", line);
        else writer.WriteNull("line");
        writer.WriteString("message", finding.Message);
        writer.WriteEndObject();
    }

    private static string WordOf(ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => "error",
        ProblemSeverity.Warning => "warning",
        _ => "hint",
    };
}
