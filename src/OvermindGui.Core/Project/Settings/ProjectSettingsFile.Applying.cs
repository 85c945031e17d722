using System.Collections.Immutable;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

public sealed partial record ProjectSettingsFile
{
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
            EndsOthers = process.EndsOthers && !settings.OneShot,
            StopSignal = settings.StopSignal ?? process.StopSignal,
            StopTimeout = settings.StopTimeout ?? process.StopTimeout,
            DependsOn = [.. settings.DependsOn.Select(Resolve)],
            OneShot = settings.OneShot,
            Pty = settings.Pty ?? process.Pty,
            Group = settings.Group ?? process.Group,
        };
    }

    /// <summary>Applies the ready check. Expands its variables, so the process's environment must be complete.</summary>
    /// <param name="inherited">Looks up a variable that the process inherits and that is not in the plan; null when it is not set.</param>
    /// <param name="problems">Collects problems once for all instances, such as a variable that the process does not have.</param>
    public PlannedProcess ApplyReadyTo(PlannedProcess process, Func<string, string?> inherited, ICollection<SettingsProblem> problems)
    {
        if (Processes.GetValueOrDefault(process.Entry)?.Ready is not { } ready) return process;
        if (ReadyTarget.Resolve(ready, Variable, out var expected) is { } check) return process with { Ready = check };
        var written = new TextNode(default, ready.Target, IsPlain: false).Described;
        var problem = new SettingsProblem(
            ready.Place, $"{process.Entry}.ready.{ready.Kind.ToString().ToLowerInvariant()}: expected {expected}, found {written}");
        if (!problems.Contains(problem)) problems.Add(problem);
        return process;

        string? Variable(string name) => process.Environment.TryGetValue(name, out var variable) ? variable.Value : inherited(name);
    }

    private Dependency Resolve(DependencySetting dependency)
    {
        var endsByItself = Processes.GetValueOrDefault(dependency.Entry)?.OneShot == true;
        return new Dependency(
            dependency.Entry, dependency.Condition ?? (endsByItself ? DependencyCondition.Completed : DependencyCondition.Ready));
    }
}
