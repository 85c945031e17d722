using System.Collections.Immutable;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Watching;

namespace OvermindGui.Core.Project.Settings;

/// <summary>
/// <c>overmind-gui.yaml</c>, the optional file next to a Procfile for settings that a Procfile cannot express: order, readiness, restarts,
/// folders and the like. The Procfile stays compatible with other tools.
/// </summary>
/// <param name="Processes">By name in the Procfile, in file order; invalid values are omitted.</param>
/// <param name="Problems">All problems, in file order.</param>
public sealed record ProjectSettingsFile(IReadOnlyDictionary<string, ProcessSettings> Processes, IReadOnlyList<Problem> Problems)
{
    public const string FileName = "overmind-gui.yaml";

    private const int MaxSize = 1024 * 1024;

    /// <summary><c>env_layers</c>: also read the layers of <c>.env</c>.</summary>
    public bool EnvLayers { get; init; }

    /// <summary><c>alerts</c>: in file order; invalid ones are omitted.</summary>
    public IReadOnlyList<AlertSetting> Alerts { get; init; } = [];

    /// <summary><c>keep</c>: how much output is stored.</summary>
    public RetentionLimits Keep { get; init; } = new();

    /// <summary><c>terminal_colors: light</c>: the terminals answer light colours to programs that ask for them.</summary>
    public bool HasLightTerminals { get; init; }

    /// <summary><c>no_input</c>: nothing is typed into processes through the dashboard.</summary>
    public bool NoInput { get; init; }

    /// <summary><c>hub</c>, <c>hub_control</c> and <c>hub_redact</c>.</summary>
    public HubSetting Hub { get; init; } = new();

    /// <summary><c>otlp</c> and the keys that begin with it.</summary>
    public OtlpSetting Otlp { get; init; } = new();

    public static ProjectSettingsFile Empty { get; } = new(new Dictionary<string, ProcessSettings>(), []);

    /// <summary>Reads and parses the file in a project's folder; empty when it is missing. Never throws because of its content.</summary>
    /// <param name="folder">The Procfile's folder.</param>
    public static ProjectSettingsFile Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return Parse(BoundedFileReader.Read(path, MaxSize));
        }
        catch (FileNotFoundException)
        {
            return Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unusable($"cannot be read: {e.Message}");
        }
    }

    /// <summary>Parses the bytes of a file. <see cref="FindProblems"/> does the validation that needs the Procfile.</summary>
    public static ProjectSettingsFile Parse(ReadOnlySpan<byte> bytes)
    {
        var problems = new List<Problem>();
        var root = NodeReader.Read(bytes, FileName, problems);
        var file = root is null ? Empty : new SettingsReader(new ValueReader(problems)).Read(root);
        return file with { Problems = [.. problems.OrderBy(p => p.Location.Line).ThenBy(p => p.Location.Column)] };
    }

    private static ProjectSettingsFile Unusable(string message) => Empty with { Problems = [new Problem(FileName, 0, ProblemSeverity.Error, message)] };

    /// <summary>
    /// Applies the settings of the process's entry, except the ready check. They override the process's defaults and options that apply to
    /// all processes. The caller handles options that name the process; those override the settings.
    /// </summary>
    /// <param name="folder">The Procfile's folder.</param>
    public PlannedProcess ApplyTo(PlannedProcess process, string folder)
    {
        if (!Processes.TryGetValue(process.Entry, out var settings)) return process;
        return process with
        {
            WorkingDirectory = settings.WorkingDirectory is { } path ? Path.GetFullPath(path.Value, folder) : process.WorkingDirectory,
            Environment = process.Environment.ToImmutableDictionary().SetItems(settings.Environment),
            Restart = settings.Restart ?? process.Restart,
            StopAllOnExit = process.StopAllOnExit && !settings.OneShot,
            StopSignal = settings.StopSignal ?? process.StopSignal,
            Stop = settings.Stop ?? process.Stop,
            StopTimeout = settings.StopTimeout ?? process.StopTimeout,
            DependsOn = [.. settings.DependsOn.Select(Resolve)],
            OneShot = settings.OneShot || settings.Schedule is not null,
            Pty = settings.Pty ?? process.Pty,
            Group = settings.Group ?? process.Group,
            Limits = settings is { MaxMemory: null, MaxCpu: null } ? null : new ResourceLimits(settings.MaxMemory, settings.MaxCpu),
            SuccessCodes = settings.SuccessCodes ?? process.SuccessCodes,
            Schedule = settings.Schedule,
            Watch = settings.Watch is { } watch
                ? new WatchRule(folder, [.. watch.Paths.Select(p => p.Value)], watch.Ignore, watch.Debounce, watch.Signal, watch.Command, watch.Cascade)
                : null,
            NotStartedReason = process.NotStartedReason ?? (settings.Schedule is { } schedule ? $"runs by its schedule, {schedule.Cron}" : null),
        };
    }

    /// <summary>Applies the ready check and the liveness check. Expands their variables, so the process's environment must be complete.</summary>
    /// <param name="inherited">Looks up a variable that the process inherits and that is not in the plan; null when it is not set.</param>
    /// <param name="problems">Collects problems once for all instances, such as a variable that the process does not have.</param>
    public PlannedProcess ApplyReadyTo(PlannedProcess process, Func<string, string?> inherited, ICollection<Problem> problems)
    {
        var settings = Processes.GetValueOrDefault(process.Entry);
        if (settings?.Ready is { } ready) process = process with { Ready = Resolve(ready, "ready") };
        if (settings?.Liveness is not { } liveness) return process;
        // A line that stands for life has to come once per interval.
        var target = (liveness.Target ?? settings.Ready!) with { Interval = liveness.Interval, Timeout = liveness.Timeout };
        if (target.Kind == ReadyKind.Log) target = target with { Timeout = liveness.Interval };
        return Resolve(target, "liveness") is { } probe
            ? process with { Liveness = new LivenessCheck(probe, liveness.Failures, liveness.StartPeriod, liveness.Restarts) }
            : process;

        ReadyCheck? Resolve(ReadySetting setting, string key)
        {
            if (ReadyTarget.Resolve(setting, Variable, out var expected) is { } check) return check;
            var written = new TextNode(setting.Place, setting.Target, IsPlain: false).Described;
            var problem = new Problem(
                setting.Place, ProblemSeverity.Error, $"{process.Entry}.{key}.{setting.Kind.ToString().ToLowerInvariant()}: expected {expected}, found {written}");
            if (!problems.Contains(problem)) problems.Add(problem);
            return null;
        }

        string? Variable(string name) => process.Environment.TryGetValue(name, out var variable) ? variable.Value : inherited(name);
    }

    private Dependency Resolve(DependencySetting dependency)
    {
        var endsByItself = Processes.GetValueOrDefault(dependency.Entry)?.OneShot == true;
        return new Dependency(
            dependency.Entry, dependency.Condition ?? (endsByItself ? DependencyCondition.Completed : DependencyCondition.Ready));
    }

    /// <summary>Validates the settings against the Procfile: names, cycles and folders. Does not repeat <see cref="Problems"/>.</summary>
    /// <param name="entries">The names in the Procfile.</param>
    /// <param name="folder">The Procfile's folder, to which <c>cwd</c> is relative.</param>
    /// <returns>In file order.</returns>
    public IReadOnlyList<Problem> FindProblems(IReadOnlyCollection<string> entries, string folder)
    {
        var known = entries.ToHashSet();
        var problems = new List<Problem>();
        foreach (var (name, settings) in Processes)
            if (known.Contains(name))
                problems.AddRange([.. DependencyProblems(name, settings, known), .. FolderProblems(name, settings, folder), .. WatchProblems(name, settings, folder)]);
            else
                problems.Add(new Problem(settings.Place, ProblemSeverity.Error, Unknown(name, known)));
        return [.. problems.Concat(AlertProblems(known)).Concat(CycleProblems()).OrderBy(p => p.Location.Line).ThenBy(p => p.Location.Column)];
    }

    private IEnumerable<Problem> DependencyProblems(string name, ProcessSettings settings, HashSet<string> known)
    {
        foreach (var dependency in settings.DependsOn)
            if (!known.Contains(dependency.Entry))
                yield return new Problem(dependency.Place, ProblemSeverity.Error, $"{name}.depends_on: {Unknown(dependency.Entry, known)}");
            else if (dependency.Condition == DependencyCondition.Completed && Processes.GetValueOrDefault(dependency.Entry)?.OneShot != true)
                yield return new Problem(
                    dependency.Place, ProblemSeverity.Warning,
                    $"{name}.depends_on: {dependency.Entry} is not one_shot, so it is not expected to complete; expected started or ready");
    }

    private static IEnumerable<Problem> FolderProblems(string name, ProcessSettings settings, string folder)
    {
        if (settings.WorkingDirectory is { } path && !Directory.Exists(Path.Combine(folder, path.Value)))
            yield return new Problem(path.Place, ProblemSeverity.Error, $"{name}.cwd: expected a folder, found none at {Path.GetFullPath(path.Value, folder)}");
    }

    private static IEnumerable<Problem> WatchProblems(string name, ProcessSettings settings, string folder) =>
        from path in settings.Watch?.Paths ?? []
        where !WatchedFiles.IsPattern(path.Value) && !Path.Exists(Path.GetFullPath(path.Value, folder))
        select new Problem(
            path.Place, ProblemSeverity.Warning, $"{name}.watch: there is nothing at {Path.GetFullPath(path.Value, folder)}, so no change is seen until there is");

    // A name that is in no file, and what can never fire.
    private IEnumerable<Problem> AlertProblems(HashSet<string> known)
    {
        foreach (var alert in Alerts)
        {
            var name = PlainText.Excerpt(alert.Rule.Name);
            foreach (var process in alert.Processes.Where(p => !known.Contains(p.Value) && !known.Contains(p.Value.Split('#')[0])))
                yield return new Problem(process.Place, ProblemSeverity.Error, $"alert \"{name}\": {Unknown(process.Value, known)}");
            foreach (var group in alert.Groups.Where(g => !Processes.Values.Any(p => p.Group == g.Value)))
                yield return new Problem(group.Place, ProblemSeverity.Error, $"alert \"{name}\": no process has the group \"{PlainText.Excerpt(group.Value)}\"");
            if (NeverFires(alert.Rule, known) is { } why)
                yield return new Problem(alert.Place, ProblemSeverity.Warning, $"alert \"{name}\" can never fire: {why}");
        }
    }

    private string? NeverFires(AlertRule rule, HashSet<string> known)
    {
        var covered = known.Select(entry => (Entry: entry, Settings: Processes.GetValueOrDefault(entry)))
            .Where(p => (rule.Processes.Count == 0 && rule.Groups.Count == 0) || rule.Processes.Any(n => n.Split('#')[0] == p.Entry)
                || (p.Settings?.Group is { } group && rule.Groups.Contains(group)))
            .ToList();
        if (covered.Count == 0) return null; // reported above
        return rule.When switch
        {
            NotReadyCondition when covered.TrueForAll(p => p.Settings?.Ready is null) => "none of its processes has a ready check",
            UnhealthyCondition when covered.TrueForAll(p => p.Settings?.Liveness is null) => "none of its processes has a liveness check",
            _ => null,
        };
    }

    private IEnumerable<Problem> CycleProblems()
    {
        var edges = Processes.ToDictionary(p => p.Key, IReadOnlyCollection<string> (p) => [.. p.Value.DependsOn.Select(d => d.Entry)]);
        foreach (var cycle in DependencyCycles.Find(edges))
        {
            var closing = Processes[cycle[0]].DependsOn.First(d => d.Entry == cycle[1]);
            yield return new Problem(
                closing.Place, ProblemSeverity.Error, $"{cycle[0]}.depends_on: a cycle, so that none could start: {string.Join(" → ", cycle)}");
        }
    }

    private static string Unknown(string name, HashSet<string> known)
    {
        var suggestion = Suggestion.For(name, known);
        return $"no process \"{PlainText.Excerpt(name)}\" in the Procfile{suggestion}; there are: {PlainText.Names(known)}";
    }
}
