using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

public sealed partial record ProjectSettingsFile
{
    /// <summary>Validates the settings against the Procfile: names, cycles and folders. Does not repeat <see cref="Problems"/>.</summary>
    /// <param name="entries">The names in the Procfile.</param>
    /// <param name="folder">The Procfile's folder, to which <c>cwd</c> is relative.</param>
    /// <returns>In file order.</returns>
    public IReadOnlyList<SettingsProblem> FindProblems(IReadOnlyCollection<string> entries, string folder)
    {
        var known = entries.ToHashSet();
        var problems = new List<SettingsProblem>();
        foreach (var (name, settings) in Processes)
            if (known.Contains(name))
                problems.AddRange([.. DependencyProblems(name, settings, known), .. FolderProblems(name, settings, folder)]);
            else
                problems.Add(new SettingsProblem(settings.Place, Unknown(name, known)));
        return [.. problems.Concat(CycleProblems()).OrderBy(p => p.Place.Line).ThenBy(p => p.Place.Column)];
    }

    private IEnumerable<SettingsProblem> DependencyProblems(string name, ProcessSettings settings, HashSet<string> known)
    {
        foreach (var dependency in settings.DependsOn)
            if (!known.Contains(dependency.Entry))
                yield return new SettingsProblem(dependency.Place, $"{name}.depends_on: {Unknown(dependency.Entry, known)}");
            else if (dependency.Condition == DependencyCondition.Completed && Processes.GetValueOrDefault(dependency.Entry)?.OneShot != true)
                yield return new SettingsProblem(
                    dependency.Place,
                    $"{name}.depends_on: {dependency.Entry} is not one_shot, so nobody expects it to complete; expected started or ready")
                {
                    IsWarning = true,
                };
    }

    private static IEnumerable<SettingsProblem> FolderProblems(string name, ProcessSettings settings, string folder)
    {
        if (settings.WorkingDirectory is { } path && !Directory.Exists(Path.Combine(folder, path.Value)))
            yield return new SettingsProblem(path.Place, $"{name}.cwd: expected a folder, found none at {Path.GetFullPath(path.Value, folder)}");
    }

    private IEnumerable<SettingsProblem> CycleProblems()
    {
        var edges = Processes.ToDictionary(p => p.Key, IReadOnlyCollection<string> (p) => [.. p.Value.DependsOn.Select(d => d.Entry)]);
        foreach (var cycle in DependencyCycles.Find(edges))
        {
            var closing = Processes[cycle[0]].DependsOn.First(d => d.Entry == cycle[1]);
            yield return new SettingsProblem(
                closing.Place, $"{cycle[0]}.depends_on: a cycle, so that none could start: {string.Join(" → ", cycle)}");
        }
    }

    private static string Unknown(string name, HashSet<string> known)
    {
        var suggestion = Suggestion.For(name, known);
        return $"no process \"{PlainText.Excerpt(name)}\" in the Procfile{suggestion}; there are: {PlainText.Names(known)}";
    }
}
