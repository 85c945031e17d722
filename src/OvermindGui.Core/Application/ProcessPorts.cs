using OvermindGui.Core.Checks;
using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Application;

/// <summary>Finds the ports on which a process and its descendants listen. Linux only: empty on other systems.</summary>
public static class ProcessPorts
{
    /// <summary>Sorted TCP ports by the PID of the root process.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<int>> Of(IReadOnlyCollection<int> leaders)
    {
        if (!OperatingSystem.IsLinux() || leaders.Count == 0) return new Dictionary<int, IReadOnlyList<int>>();
        var sockets = ListeningPorts.Read().SelectMany(port => port.Value.Select(inode => (inode, port.Key))).ToLookup(s => s.inode, s => s.Key);
        var children = ProcessEntry.AllPids().Select(ProcessEntry.Of).OfType<ProcessEntry>().ToLookup(p => p.Parent, p => p.Pid);
        return leaders.Distinct().ToDictionary(
            leader => leader,
            IReadOnlyList<int> (leader) => [.. Tree(leader, children).SelectMany(PortHolders.SocketsOf).SelectMany(inode => sockets[inode]).Distinct().Order()]);
    }

    private static HashSet<int> Tree(int leader, ILookup<int, int> children)
    {
        var (tree, next) = (new HashSet<int> { leader }, new Queue<int>([leader]));
        while (next.TryDequeue(out var pid))
            foreach (var child in children[pid].Where(tree.Add)) next.Enqueue(child);
        return tree;
    }
}
