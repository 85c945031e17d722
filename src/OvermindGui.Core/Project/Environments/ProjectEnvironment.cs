using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Environments;

/// <summary>
/// The variables from a project's environment files. They override the inherited environment, and later files override earlier ones. The
/// files are read before the options, so they can set options as <c>OVERMIND_…</c> variables.
/// </summary>
public sealed class ProjectEnvironment
{
    private readonly Func<string, string?> _inherited;
    private readonly Dictionary<string, PlannedVariable> _variables = [];
    private readonly List<string> _files = [];
    private readonly List<Problem> _problems = [];
    private readonly ForemanFile _foreman;

    private ProjectEnvironment(Func<string, string?> inherited, ForemanFile foreman) => (_inherited, _foreman) = (inherited, foreman);

    /// <summary>The variables and where each is set.</summary>
    public IReadOnlyDictionary<string, PlannedVariable> Variables => _variables;

    /// <summary>Absolute paths in reading order, including missing files: creating one changes the plan.</summary>
    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>
    /// Reads <c>~/.overmind.env</c>, the project's <c>.overmind.env</c>, <c>.env</c> and optionally its layers, then the named files.
    /// </summary>
    /// <param name="folder">Absolute path; the base of relative names.</param>
    /// <param name="home">Absolute path of the user's home folder; empty when there is none.</param>
    /// <param name="inherited">The environment without the files; null for an unset variable.</param>
    /// <param name="named">Comma-separated files that replace <c>OVERMIND_ENV</c>; null without the option.</param>
    /// <param name="layers">Whether <see cref="Layers"/> are read; null without the option.</param>
    /// <param name="layersByDefault">The default when neither the option nor the variable is set.</param>
    public static ProjectEnvironment Load(
        string folder, string home, Func<string, string?> inherited, string? named = null, bool? layers = null, bool layersByDefault = false)
    {
        var environment = new ProjectEnvironment(inherited, ForemanFile.Load(folder));
        environment._files.Add(Path.Combine(folder, ForemanFile.FileName));
        environment._problems.AddRange(environment._foreman.Problems);
        if (home.Length > 0) environment.Read(Path.Combine(home, ".overmind.env"), "~/.overmind.env");
        environment.Read(Path.Combine(folder, ".overmind.env"), ".overmind.env");
        // Files named for foreman replace .env.
        var files = environment.GetValue(named, "--env", "OVERMIND_ENV");
        if (environment.Find("OVERMIND_SKIP_ENV") is null && !environment.IsForemans(files))
        {
            environment.Read(Path.Combine(folder, ".env"), ".env");
            if (layers ?? environment.WantsLayers() ?? layersByDefault)
                foreach (var layer in Layers) environment.Read(Path.Combine(folder, layer), layer);
        }

        var setting = environment.GetValue(named, "--env", "OVERMIND_ENV");
        var missing = named is null ? ProblemSeverity.Warning : ProblemSeverity.Error; // overmind ignores missing files of its variable
        foreach (var file in (setting?.Value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            environment.Read(
                Path.Combine(folder, file), file, new Problem(setting!.Place, missing, $"there is no file \"{file}\" in {folder}"));
        return environment;
    }

    /// <summary>Read after <c>.env</c> when enabled; each overrides the previous ones.</summary>
    public static IReadOnlyList<string> Layers { get; } = [".env.development", ".env.local", ".env.development.local"];

    /// <summary>The variable that enables <see cref="Layers"/>.</summary>
    public const string LayersVariable = "OVERMIND_GUI_ENV_LAYERS";

    /// <summary>Looks up a variable in the files, then in the inherited environment.</summary>
    public string? Find(string name) => _variables.GetValueOrDefault(name)?.Value ?? _inherited(name);

    /// <summary>
    /// The configured value of an option: the flag, or the first variable that is set, or <c>.foreman</c>. An empty variable counts as
    /// unset.
    /// </summary>
    public ConfiguredValue? GetValue(string? flag, string flagName, params ReadOnlySpan<string> variables)
    {
        if (flag is not null) return new ConfiguredValue(flag, SourceLocation.Of(flagName));
        foreach (var variable in variables)
        {
            if (_variables.TryGetValue(variable, out var fromFile) && fromFile.Value.Length > 0)
                return new ConfiguredValue(fromFile.Value, fromFile.Origin with { Setting = variable });
            if (fromFile is null && _inherited(variable) is { Length: > 0 } value) return new ConfiguredValue(value, SourceLocation.Of(variable));
        }

        return _foreman.Values.GetValueOrDefault(flagName);
    }

    private bool IsForemans(ConfiguredValue? value) => value is not null && value == _foreman.Values.GetValueOrDefault("--env");

    private bool? WantsLayers()
    {
        if (GetValue(null, "", LayersVariable) is not { } setting) return null;
        if (SwitchWords.Parse(setting.Value) is { } wanted) return wanted;
        _problems.Add(new Problem(
            setting.Place, ProblemSeverity.Error, $"\"{PlainText.Excerpt(setting.Value)}\" is refused; expected {SwitchWords.Accepted}"));
        return null;
    }

    private void Read(string path, string name, Problem? whenMissing = null)
    {
        _files.Add(path);
        name = PlainText.WithoutControls(name);
        try
        {
            var file = EnvironmentFile.Load(path, name, Find);
            foreach (var (variable, value, line) in file.Assignments)
                _variables[variable] = new PlannedVariable(value, new SourceLocation(name, line));
            _problems.AddRange(file.Problems);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            if (whenMissing is not null) _problems.Add(whenMissing);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var reason = Directory.Exists(path) ? "it is a folder" : e.Message;
            _problems.Add(new Problem(new SourceLocation(name), whenMissing?.Severity ?? ProblemSeverity.Warning, $"cannot be read: {reason}"));
        }
    }
}
