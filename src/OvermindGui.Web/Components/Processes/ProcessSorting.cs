using OvermindGui.Core.Contracts;

namespace OvermindGui.Web.Components.Processes;

/// <summary>The orders in which the list can stand.</summary>
public enum ProcessOrder
{
    /// <summary>As in the Procfile, in groups.</summary>
    Procfile,

    /// <summary>What failed first, then what waits, runs, rests.</summary>
    State,

    /// <summary>By name.</summary>
    Name,

    /// <summary>What printed last first.</summary>
    Activity,
}

/// <summary>Sorts and narrows the list of processes.</summary>
public sealed class ProcessSorting
{
    private readonly Dictionary<string, (long Lines, long Change)> _seen = [];
    private long _changes;

    /// <summary>Records which processes have printed since the last snapshot.</summary>
    public void Observe(IReadOnlyList<ProcessInfo> processes)
    {
        _changes++;
        foreach (var process in processes)
            if (!_seen.TryGetValue(process.Name, out var last) || last.Lines != process.LineCount)
                _seen[process.Name] = (process.LineCount, _changes);
    }

    /// <summary>The processes in this order; those that are equal stand as in the Procfile.</summary>
    public IReadOnlyList<ProcessInfo> Sort(IEnumerable<ProcessInfo> processes, ProcessOrder order) => order switch
    {
        ProcessOrder.State => [.. processes.OrderBy(p => Urgency(ProcessPresentation.Of(p).Group))],
        ProcessOrder.Name => [.. processes.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)],
        ProcessOrder.Activity => [.. processes.OrderByDescending(p => _seen.TryGetValue(p.Name, out var seen) ? seen.Change : 0)],
        _ => [.. processes],
    };

    /// <summary>Whether a process matches the typed words: each must occur in its name, group, command or port.</summary>
    public static bool Matches(ProcessInfo process, string filter)
    {
        var haystack = $"{process.Name} {process.Group} {process.Command} :{process.Port}";
        return filter.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => haystack.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static int Urgency(StateGroup bucket) => bucket switch
    {
        StateGroup.Failed => 0,
        StateGroup.Input => 1,
        StateGroup.Waiting => 2,
        StateGroup.Running => 3,
        _ => 4,
    };
}
