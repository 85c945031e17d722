namespace OvermindGui.Core.Project.Planning;

/// <summary>Processes that would wait for each other for ever.</summary>
public static class DependencyCycles
{
    /// <summary>At least one cycle of each tangle, as the names along it; the first one again at the end.</summary>
    /// <param name="dependencies">From a name to those it depends on; one without dependencies may be left out.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Find(IReadOnlyDictionary<string, IReadOnlyCollection<string>> dependencies)
    {
        var cycles = new List<IReadOnlyList<string>>();
        var open = dependencies.Keys.ToHashSet();
        foreach (var start in dependencies.Keys)
            while (open.Contains(start))
                if (Walk(start, dependencies, open) is { } cycle) cycles.Add(cycle);
        return cycles;
    }

    // Follows dependencies until a cycle closes, and closes every name that leads nowhere. By a list, not by calls: a chain may be long.
    private static List<string>? Walk(string start, IReadOnlyDictionary<string, IReadOnlyCollection<string>> dependencies, HashSet<string> open)
    {
        var path = new List<string> { start };
        var onPath = new HashSet<string> { start };
        while (path.Count > 0)
        {
            var next = dependencies[path[^1]].FirstOrDefault(open.Contains);
            if (next is null)
            {
                open.Remove(path[^1]);
                onPath.Remove(path[^1]);
                path.RemoveAt(path.Count - 1);
            }
            else if (onPath.Add(next))
            {
                path.Add(next);
            }
            else
            {
                var cycle = path[path.IndexOf(next)..];
                open.ExceptWith(cycle);
                return [.. cycle, next];
            }
        }

        return null;
    }
}
