using OvermindGui.Core.Planning;

namespace OvermindGui.Core.SideFiles;

public sealed partial record SideFile
{
    /// <summary>
    /// The process with all that is said of its entry here. That beats what it has by default and by options for all processes, so those come
    /// before; options that name the process come afterwards, and beat it.
    /// </summary>
    /// <param name="folder">The Procfile's.</param>
    /// <param name="inherited">Looks up a variable that the process inherits and the plan does not hold; null when it is not set.</param>
    /// <param name="problems">Taken up once each: what cannot be used in this process, such as a variable that it has not.</param>
    public PlannedProcess ApplyTo(
        PlannedProcess process, string folder, Func<string, string?> inherited, ICollection<SideFileProblem> problems)
    {
        if (!Processes.TryGetValue(process.Entry, out var settings)) return process;
        var environment = process.Environment.ToDictionary();
        foreach (var (name, value) in settings.Environment) environment[name] = value;
        return process with
        {
            WorkingDirectory = settings.WorkingDirectory is { } path ? Path.GetFullPath(path.Value, folder) : process.WorkingDirectory,
            Environment = environment,
            Restart = settings.Restart ?? process.Restart,
            EndsOthers = process.EndsOthers && !settings.OneShot,
            StopSignal = settings.StopSignal ?? process.StopSignal,
            StopTimeout = settings.StopTimeout ?? process.StopTimeout,
            DependsOn = [.. settings.DependsOn.Select(Resolve)],
            Ready = settings.Ready is { } ready ? Resolve(process, ready, Variable, problems) : null,
            OneShot = settings.OneShot,
            Pty = settings.Pty ?? process.Pty,
            Group = settings.Group ?? process.Group,
        };

        string? Variable(string name) => environment.TryGetValue(name, out var variable) ? variable.Value : inherited(name);
    }

    private Dependency Resolve(DependencySetting dependency)
    {
        var endsByItself = Processes.GetValueOrDefault(dependency.Entry)?.OneShot == true;
        return new Dependency(
            dependency.Entry, dependency.Condition ?? (endsByItself ? DependencyCondition.Completed : DependencyCondition.Ready));
    }

    private static ReadyCheck? Resolve(
        PlannedProcess process, ReadySetting ready, Func<string, string?> variable, ICollection<SideFileProblem> problems)
    {
        if (ReadyTarget.Resolve(ready, variable, out var expected) is { } check) return check;
        var problem = new SideFileProblem(
            ready.Place, $"{process.Entry}.ready.{ready.Kind.ToString().ToLowerInvariant()}: expected {expected}, found \"{ready.Target}\"");
        if (!problems.Contains(problem)) problems.Add(problem);
        return null;
    }
}
