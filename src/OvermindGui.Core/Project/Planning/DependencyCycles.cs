namespace OvermindGui.Core.Project.Planning;

/// <summary>Finds processes that would wait for each other indefinitely.</summary>
public static class DependencyCycles
{
    /// <summary>At least one cycle of each connected group, as the names along it; the first name is repeated at the end.</summary>
    /// <param name="dependencies">Maps a name to its dependencies; names without dependencies may be omitted.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Find(IReadOnlyDictionary<string, IReadOnlyCollection<string>> dependencies)
    {
        var cycles = new List<IReadOnlyList<string>>();
        var open = dependencies.Keys.ToHashSet();
        foreach (var start in dependencies.Keys)
            while (open.Contains(start))
                if (Walk(start, dependencies, open) is { } cycle) cycles.Add(cycle);
        return cycles;
    }

    // Follows dependencies until a cycle closes, and marks names without further ones as done. Iterative, because a chain may be too long
    // for recursion.
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
