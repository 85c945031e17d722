using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Environments;

/// <summary>
/// The variables that a project's files set. They beat those of the inherited environment, later files beat earlier ones, and as the files
/// are read before the options, an <c>OVERMIND_…</c> in them is an option.
/// </summary>
public sealed class ProjectEnvironment
{
    private readonly Func<string, string?> _inherited;
    private readonly Dictionary<string, PlannedVariable> _variables = [];
    private readonly List<string> _files = [];
    private readonly List<PlanProblem> _problems = [];

    private ProjectEnvironment(Func<string, string?> inherited) => _inherited = inherited;

    /// <summary>What the files set, and where.</summary>
    public IReadOnlyDictionary<string, PlannedVariable> Variables => _variables;

    /// <summary>Absolute paths in the order of reading, also of those that are missing: one that appears makes another plan.</summary>
    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<PlanProblem> Problems => _problems;

    /// <summary>Reads <c>~/.overmind.env</c>, then of the project <c>.overmind.env</c>, <c>.env</c> and those that are named.</summary>
    /// <param name="folder">Absolute path; relative names start from it.</param>
    /// <param name="home">Absolute path of the person's home folder; empty when there is none.</param>
    /// <param name="inherited">The environment without the files; null for a variable that is not set.</param>
    /// <param name="named">Comma list of files in the place of <c>OVERMIND_ENV</c>; null without the option.</param>
    public static ProjectEnvironment Load(string folder, string home, Func<string, string?> inherited, string? named = null)
    {
        var environment = new ProjectEnvironment(inherited);
        if (home.Length > 0) environment.Read(Path.Combine(home, ".overmind.env"), "~/.overmind.env");
        environment.Read(Path.Combine(folder, ".overmind.env"), ".overmind.env");
        if (environment.Find("OVERMIND_SKIP_ENV") is null) environment.Read(Path.Combine(folder, ".env"), ".env");

        var setting = environment.Given(named, "--env", "OVERMIND_ENV");
        var missing = named is null ? ProblemSeverity.Warning : ProblemSeverity.Error; // overmind passes over what its variable names
        foreach (var file in (setting?.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            environment.Read(
                Path.Combine(folder, file), file, new PlanProblem(missing, setting!.Place, $"there is no file \"{file}\" in {folder}"));
        return environment;
    }

    /// <summary>A variable of the files, or else of the inherited environment.</summary>
    public string? Find(string name) => _variables.GetValueOrDefault(name)?.Value ?? _inherited(name);

    /// <summary>An option as it was given: the flag, or else the first variable that is set; an empty one counts as not set.</summary>
    public ConfiguredValue? Given(string? flag, string flagName, params ReadOnlySpan<string> variables)
    {
        if (flag is not null) return new ConfiguredValue(flag, flagName);
        foreach (var variable in variables)
        {
            if (_variables.TryGetValue(variable, out var fromFile) && fromFile.Value.Length > 0)
                return new ConfiguredValue(fromFile.Value, $"{variable} ({fromFile.Origin})");
            if (fromFile is null && _inherited(variable) is { Length: > 0 } value) return new ConfiguredValue(value, variable);
        }

        return null;
    }

    private void Read(string path, string name, PlanProblem? whenMissing = null)
    {
        _files.Add(path);
        name = PlainText.WithoutControls(name);
        try
        {
            var file = EnvironmentFile.Load(path, name, Find);
            foreach (var (variable, value, line) in file.Assignments)
                _variables[variable] = new PlannedVariable(value, $"{name} line {line}");
            _problems.AddRange(file.Problems);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            if (whenMissing is not null) _problems.Add(whenMissing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = Directory.Exists(path) ? "it is a folder" : e.Message;
            _problems.Add(new PlanProblem(whenMissing?.Severity ?? ProblemSeverity.Warning, name, $"cannot be read: {reason}"));
        }
    }
}
