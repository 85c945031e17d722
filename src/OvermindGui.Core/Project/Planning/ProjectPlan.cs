using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Environments;
using OvermindGui.Core.Project.Procfiles;
using OvermindGui.Core.Project.Settings;

namespace OvermindGui.Core.Project.Planning;

/// <summary>All that is to run and how, from the files and options of a project. The same files and options give the same plan.</summary>
public sealed record ProjectPlan
{
    /// <summary>In Procfile order, instances of an entry side by side, those left out among them.</summary>
    public required IReadOnlyList<PlannedProcess> Processes { get; init; }

    /// <summary>All that is to be told, files before options before processes.</summary>
    public required IReadOnlyList<PlanProblem> Problems { get; init; }

    /// <summary>Nothing of it may be started otherwise.</summary>
    public bool CanStart => Problems.All(p => p.Severity != ProblemSeverity.Error);

    /// <summary>Absolute path.</summary>
    public required string Procfile { get; init; }

    /// <summary>Absolute path of the <see cref="Project.Settings.ProjectSettingsFile"/> beside the Procfile, also when it is missing.</summary>
    public required string ProjectSettingsFile { get; init; }

    /// <summary>Absolute paths, also of those that are missing. With the two above all files that the plan depends on.</summary>
    public required IReadOnlyList<string> EnvironmentFiles { get; init; }

    /// <summary>The options in force.</summary>
    public required PlanSettings Settings { get; init; }

    /// <summary>What happens when a process ends by itself, in words.</summary>
    public string EndRule => Settings.Ends.ToString();

    /// <summary>xterm colours, 0 to 255, in the order of <see cref="Processes"/>, cycling; null for ours.</summary>
    public IReadOnlyList<int>? Colors => Settings.Colors;

    /// <summary>Reads a project. Never throws for what a person wrote, or did not: a missing Procfile is a problem too.</summary>
    /// <param name="folder">Where relative paths of options start, and where environment files are.</param>
    /// <param name="environment">The inherited environment; null for a variable that is not set.</param>
    /// <param name="home">Absolute path of the person's home folder; empty when there is none.</param>
    /// <param name="overrides">What else is known of a process, beyond the side file; see <see cref="ProcessPlanner"/>.</param>
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
            // The file is beside the Procfile, which environment files may name: so it is found first, and then they are read with their layers.
            variables = ProjectEnvironment.Load(folder.Root, home, environment, options.Env, options.EnvLayers, layersByDefault: true);
            (settings, problems) = PlanSettings.Resolve(folder, options, variables);
            (path, beside) = PathsOf(settings, folder);
        }

        var name = settings.Procfile;
        var procfile = Read(path, out var unreadable);
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
                    ? procfile.Problems.Select(p => Tell(runs ? ProblemSeverity.Warning : ProblemSeverity.Error, name, p))
                    : [new PlanProblem(ProblemSeverity.Error, name, unreadable)],
                .. procfile.Warnings.Select(p => Tell(ProblemSeverity.Hint, name, p)),
                .. OtherProcfile(folder, settings),
                .. variables.Problems, .. problems, .. runs ? found.Concat(side.Problems(processes)) : [],
            ],
            Procfile = path,
            ProjectSettingsFile = Path.Combine(beside, Project.Settings.ProjectSettingsFile.FileName),
            EnvironmentFiles = variables.Files,
            Settings = settings,
        };
    }

    private static (string Path, string Folder) PathsOf(PlanSettings settings, ProjectFolder folder)
    {
        var path = Path.GetFullPath(settings.Procfile, folder.Root);
        return (path, Path.GetDirectoryName(path) ?? path);
    }

    // A project that has both usually means the other one while it is developed.
    private static IEnumerable<PlanProblem> OtherProcfile(ProjectFolder folder, PlanSettings settings)
    {
        if (settings is { IsProcfileGiven: false, Procfile: ProjectFolder.ProcfileName }
            && File.Exists(Path.Combine(folder.Root, ProjectFolder.DevelopmentProcfileName)))
            yield return new PlanProblem(
                ProblemSeverity.Hint, ProjectFolder.DevelopmentProcfileName,
                $"it is not used, because there is a {ProjectFolder.ProcfileName} too; -f {ProjectFolder.DevelopmentProcfileName} uses it");
    }

    private static Procfile Read(string path, out string? unreadable)
    {
        unreadable = null;
        try
        {
            return Procfiles.Procfile.Load(path);
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

    private static PlanProblem Tell(ProblemSeverity severity, string name, ProcfileProblem problem) =>
        new(severity, problem.Line == 0 ? name : $"{name} line {problem.Line}", problem.Message);
}
