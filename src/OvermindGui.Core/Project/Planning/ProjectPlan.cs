using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Secrets;

namespace OvermindGui.Core.Project.Planning;

/// <summary>Everything that will run and how, from the files and options of a project. The same input gives the same plan.</summary>
public sealed record ProjectPlan
{
    /// <summary>In Procfile order, instances of an entry side by side, including processes that do not start.</summary>
    public required IReadOnlyList<PlannedProcess> Processes { get; init; }

    /// <summary>All problems: files, then options, then processes.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>True when the errors prevent any start.</summary>
    public bool CanStart => Problems.All(p => p.Severity != ProblemSeverity.Error);

    /// <summary>Absolute path.</summary>
    public required string Procfile { get; init; }

    /// <summary>
    /// Absolute path of the <see cref="Project.Settings.ProjectSettingsFile"/> next to the Procfile, even if it is missing.
    /// </summary>
    public required string ProjectSettingsFile { get; init; }

    /// <summary>
    /// Absolute paths, including missing files. Together with the two above, these are all files that the plan depends on.
    /// </summary>
    public required IReadOnlyList<string> EnvironmentFiles { get; init; }

    /// <summary>The alerts of the settings file.</summary>
    public IReadOnlyList<AlertRule> Alerts { get; init; } = [];

    /// <summary>The settings file lets nothing be typed into processes through the dashboard.</summary>
    public bool NoInput { get; init; }

    /// <summary>What the settings file says about a hub.</summary>
    public HubSetting Hub { get; init; } = new();

    /// <summary>What the settings file says about an engine for logs.</summary>
    public OtlpSetting Otlp { get; init; } = new();

    /// <summary>The limits of stored output in the settings file.</summary>
    public RetentionLimits Keep { get; init; } = new();

    /// <summary>The variables of the environment files.</summary>
    public IReadOnlyDictionary<string, PlannedVariable> Variables { get; init; } = new Dictionary<string, PlannedVariable>();

    /// <summary>The effective options.</summary>
    public required PlanSettings Settings { get; init; }

    /// <summary>Description of the exit policy.</summary>
    public string EndRule => Settings.Ends.ToString();

    /// <summary>xterm colours, 0 to 255, in the order of <see cref="Processes"/>, cycling; null for the built-in ones.</summary>
    public IReadOnlyList<int>? Colors => Settings.Colors;

    /// <summary>Reads a project. Invalid or missing files become problems, never exceptions.</summary>
    /// <param name="folder">Base of relative paths in options, and location of the environment files.</param>
    /// <param name="environment">The inherited environment; null for an unset variable.</param>
    /// <param name="home">Absolute path of the user's home folder; empty when there is none.</param>
    /// <param name="overrides">
    /// Additional settings per process, on top of <c>overmind-gui.yaml</c>; see <see cref="ProcessPlanner"/>.
    /// </param>
    public static ProjectPlan Load(
        ProjectFolder folder, PlanOptions options, Func<string, string?> environment, string home,
        Func<PlannedProcess, PlannedProcess>? overrides = null)
    {
        var variables = ProjectEnvironment.Load(folder.Root, home, environment, options.Env, options.EnvLayers);
        var (settings, problems) = PlanSettings.Resolve(folder, options, variables);
        var (path, beside) = PathsOf(settings, folder);
        var settingsFile = Project.Settings.ProjectSettingsFile.Load(beside);
        if (settingsFile.EnvLayers)
        {
            // The settings file is next to the Procfile, and environment files may set the Procfile's name: so first find the Procfile,
            // then read the environment files with their layers.
            variables = ProjectEnvironment.Load(folder.Root, home, environment, options.Env, options.EnvLayers, layersByDefault: true);
            (settings, problems) = PlanSettings.Resolve(folder, options, variables);
            (path, beside) = PathsOf(settings, folder);
        }

        var name = settings.Procfile;
        var procfile = Read(path, name, out var unreadable);
        var runs = procfile.Entries.Count > 0;
        var root = Path.GetFullPath(settings.Root ?? beside, folder.Root);
        var side = new SettingsOverlay(settingsFile, procfile, beside, settings);
        var (planned, found) = new ProcessPlanner(settings, variables, root, name).Plan(
            procfile, process => overrides is null ? side.Apply(process) : overrides(side.Apply(process)));
        IReadOnlyList<PlannedProcess> processes = [.. planned.Select(p => side.ApplyReady(p, environment))];
        return new ProjectPlan
        {
            Processes = processes,
            Problems =
            [
                .. unreadable is null
                    ? procfile.Problems.Select(p => p with { Severity = runs ? ProblemSeverity.Warning : ProblemSeverity.Error })
                    : [new Problem(new SourceLocation(name), ProblemSeverity.Error, unreadable)],
                .. procfile.Warnings,
                .. OtherProcfile(folder, settings),
                .. variables.Problems, .. problems, .. UnsetVariables(settingsFile, name => variables.Variables.ContainsKey(name) || environment(name) is { Length: > 0 }), .. runs ? found.Concat(side.Problems(processes)) : [],
            ],
            Procfile = path,
            ProjectSettingsFile = Path.Combine(beside, Project.Settings.ProjectSettingsFile.FileName),
            EnvironmentFiles = variables.Files,
            Alerts = [.. settingsFile.Alerts.Select(a => a.Rule)],
            NoInput = settingsFile.NoInput,
            Hub = settingsFile.Hub,
            Otlp = settingsFile.Otlp,
            Keep = settingsFile.Keep,
            Variables = variables.Variables,
            Settings = settings,
        };
    }

    // Of the addresses of webhooks, and of the headers for an engine for logs.
    private static IEnumerable<Problem> UnsetVariables(Project.Settings.ProjectSettingsFile file, Func<string, bool> isSet) =>
        (from alert in file.Alerts
         from webhook in alert.Rule.Actions.OfType<WebhookAction>()
         from name in Placeholders.NamesIn(webhook.Url)
         where !isSet(name)
         select new Problem(
             alert.Place, ProblemSeverity.Warning,
             $"alert \"{PlainText.Excerpt(alert.Rule.Name)}\": the variable {name} of its webhook is not set; set it in .env or in the environment"))
        .Concat(
            from header in file.Otlp.Headers ?? []
            from name in Placeholders.NamesIn(header.Value)
            where !isSet(name)
            select new Problem(
                file.Otlp.HeadersPlace!, ProblemSeverity.Warning,
                $"otlp_headers: the variable {name} of {header.Name} is not set; set it in .env or in the environment"));

    private static (string Path, string Folder) PathsOf(PlanSettings settings, ProjectFolder folder)
    {
        var path = Path.GetFullPath(settings.Procfile, folder.Root);
        return (path, Path.GetDirectoryName(path) ?? path);
    }

    // A project with both files usually needs the other one for development.
    private static IEnumerable<Problem> OtherProcfile(ProjectFolder folder, PlanSettings settings)
    {
        if (settings is { IsProcfileGiven: false, Procfile: ProjectFolder.ProcfileName }
            && File.Exists(Path.Combine(folder.Root, ProjectFolder.DevelopmentProcfileName)))
            yield return new Problem(
                new SourceLocation(ProjectFolder.DevelopmentProcfileName), ProblemSeverity.Hint,
                $"it is not used, because there is a {ProjectFolder.ProcfileName} too; -f {ProjectFolder.DevelopmentProcfileName} uses it");
    }

    private static Procfile Read(string path, string name, out string? unreadable)
    {
        unreadable = null;
        try
        {
            return Procfiles.Procfile.Load(path, name);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            unreadable = $"there is no file {path}; expected one of lines \"name: command\"";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            unreadable = $"cannot be read: {(Directory.Exists(path) ? $"{path} is a folder" : e.Message)}";
        }

        return new Procfile([], []);
    }
}
