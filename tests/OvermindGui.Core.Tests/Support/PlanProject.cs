using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Tests.Support;

/// <summary>A project of real files, a home folder and an inherited environment, and the plans that come of them.</summary>
public sealed class PlanProject : IDisposable
{
    private readonly string _base = Directory.CreateTempSubdirectory("overmind-gui-plan-tests-").FullName;
    private readonly Dictionary<string, string> _inherited = [];

    public PlanProject(string procfile = "web: bin/web\nworker: bin/worker\nclock: bin/clock\n")
    {
        Folder = new ProjectFolder(Directory.CreateDirectory(Path.Combine(_base, "shop")).FullName);
        Home = Directory.CreateDirectory(Path.Combine(_base, "home")).FullName;
        With("Procfile", procfile);
    }

    public ProjectFolder Folder { get; }

    public string Home { get; }

    /// <param name="file">Relative to the project; <c>~/x</c> for one in the home folder.</param>
    public PlanProject With(string file, string text)
    {
        var path = file.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(Home, file[2..]) : Path.Combine(Folder.Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public PlanProject WithVariable(string name, string value)
    {
        _inherited[name] = value;
        return this;
    }

    public ProjectPlan Load(PlanOptions? options = null, Func<PlannedProcess, PlannedProcess>? overrides = null) =>
        ProjectPlan.Load(Folder, options ?? new PlanOptions(), _inherited.GetValueOrDefault, Home, overrides);

    public void Dispose() => Directory.Delete(_base, recursive: true);
}

public static class Plans
{
    public static PlannedProcess Process(this ProjectPlan plan, string name) => Assert.Single(plan.Processes, p => p.Name == name);

    /// <summary>A variable of the process; null when it only has what it inherits.</summary>
    public static string? Value(this PlannedProcess process, string variable) => process.Environment.GetValueOrDefault(variable)?.Value;

    public static string[] Texts(this ProjectPlan plan, ProblemSeverity severity) =>
        [.. plan.Problems.Where(p => p.Severity == severity).Select(p => p.ToString())];

    public static string[] Errors(this ProjectPlan plan) => plan.Texts(ProblemSeverity.Error);

    public static string[] Warnings(this ProjectPlan plan) => plan.Texts(ProblemSeverity.Warning);

    /// <summary>The names of those that start.</summary>
    public static string[] Starting(this ProjectPlan plan) => [.. plan.Processes.Where(p => p.NotStartedReason is null).Select(p => p.Name)];
}
