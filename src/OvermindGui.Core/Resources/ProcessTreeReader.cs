using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Core.Resources;

/// <summary>The leader of a run, and the tag that all processes of the run carry, if they carry one.</summary>
public readonly record struct RunLeader(int Pid, ProcessTag? Tag);

/// <summary>
/// Reads what runs use, in one pass over <c>/proc</c> for all of them. A process belongs to a run when it is in the leader's session, when its
/// parent belongs, or when it carries the run's tag; it then belongs until it ends, even if it leaves session and parent. Linux only: reads
/// nothing on other systems. Not thread-safe.
/// </summary>
public sealed class ProcessTreeReader(TimeProvider time)
{
    // Measuring the proportional set size, in which shared pages count once, walks the page tables: 0.1 to 1 ms per process. So its part of the
    // resident set size counts until the next measurement.
    private static readonly TimeSpan ShareInterval = TimeSpan.FromSeconds(30);
    private const int MostMeasured = 20; // per pass

    // Most processes of a machine are none of ours, and what is read of them (parent, session) hardly changes.
    private static readonly TimeSpan StrangerInterval = TimeSpan.FromSeconds(30);

    private readonly ProcFiles _files = new();
    private readonly Dictionary<int, (ProcessStat Stat, long At)> _strangers = [];
    private Dictionary<(int Pid, long Birth), int> _known = []; // leader of each process; 0 for those that belong to none
    private readonly Dictionary<(int Pid, long Birth), (double Share, long At)> _shares = [];

    /// <summary>The usage by the PID of each leader; without those that have ended.</summary>
    public IReadOnlyDictionary<int, ResourceUsage> Read(IReadOnlyCollection<RunLeader> leaders)
    {
        var usage = new Dictionary<int, ResourceUsage>();
        if (leaders.Count == 0 || !OperatingSystem.IsLinux()) return usage;
        var all = All(leaders);
        var budget = MostMeasured;
        foreach (var tree in Divide(all, leaders))
            if (all.ContainsKey(tree.Key)) usage[tree.Key] = Sum(tree.Key, [.. tree], ref budget);
        return usage;
    }

    /// <summary>The PIDs of each run, by the PID of its leader.</summary>
    public ILookup<int, int> Members(IReadOnlyCollection<RunLeader> leaders)
    {
        if (leaders.Count == 0 || !OperatingSystem.IsLinux()) return Array.Empty<int>().ToLookup(pid => pid);
        return Divide(All(leaders), leaders).SelectMany(tree => tree.Select(process => (tree.Key, process.Pid))).ToLookup(m => m.Key, m => m.Pid);
    }

    private Dictionary<int, ProcessStat> All(IReadOnlyCollection<RunLeader> leaders)
    {
        var all = new Dictionary<int, ProcessStat>();
        foreach (var leader in leaders) _strangers.Remove(leader.Pid);
        foreach (var pid in ProcessEntry.AllPids())
            if (_strangers.TryGetValue(pid, out var stranger) && time.GetElapsedTime(stranger.At) < StrangerInterval) all[pid] = stranger.Stat;
            else if (_files.Stat(pid) is { } stat) all[pid] = stat;
        return all;
    }

    private void Remember(Dictionary<int, ProcessStat> all, Dictionary<int, int> owners)
    {
        foreach (var gone in _strangers.Keys.Where(pid => !all.ContainsKey(pid) || owners.GetValueOrDefault(pid) != 0).ToList()) _strangers.Remove(gone);
        foreach (var (pid, stat) in all)
            if (owners.GetValueOrDefault(pid) == 0 && !(_strangers.TryGetValue(pid, out var known) && time.GetElapsedTime(known.At) < StrangerInterval))
                _strangers[pid] = (stat, time.GetTimestamp());
    }

    private ILookup<int, ProcessStat> Divide(Dictionary<int, ProcessStat> all, IReadOnlyCollection<RunLeader> leaders)
    {
        var pids = leaders.Select(l => l.Pid).ToHashSet();
        var tags = leaders.Where(l => l.Tag is not null).ToDictionary(l => l.Tag!.Value, l => l.Pid);
        var owners = new Dictionary<int, int>();
        var known = new Dictionary<(int, long), int>(all.Count);
        foreach (var process in all.Values) known[(process.Pid, process.Birth)] = OwnerOf(process);
        _known = known;
        Remember(all, owners);
        foreach (var ended in _shares.Keys.Where(key => !known.ContainsKey(key)).ToList()) _shares.Remove(ended);
        return all.Values.Where(p => owners.GetValueOrDefault(p.Pid) != 0).ToLookup(p => owners[p.Pid]);

        int OwnerOf(ProcessStat process)
        {
            if (owners.TryGetValue(process.Pid, out var owner)) return owner;
            owners[process.Pid] = 0; // ends a circle, which a PID that is used again may make
            return owners[process.Pid] = Find(process);
        }

        int Find(ProcessStat process)
        {
            if (pids.Contains(process.Pid)) return process.Pid;
            if (pids.Contains(process.Session)) return process.Session;
            var isKnown = _known.TryGetValue((process.Pid, process.Birth), out var before);
            if (isKnown && pids.Contains(before)) return before;
            if (all.TryGetValue(process.Parent, out var parent) && OwnerOf(parent) is not 0 and var inherited) return inherited;
            if (isKnown || tags.Count == 0) return 0;
            return ProcessTag.Of(process.Pid) is { } tag ? tags.GetValueOrDefault(tag) : 0; // once per stranger
        }
    }

    private ResourceUsage Sum(int leader, IReadOnlyList<ProcessStat> tree, ref int budget)
    {
        var (ticks, memory, read, written) = (0L, 0.0, 0L, 0L);
        var (threads, files) = (0, 0);
        foreach (var process in tree)
        {
            ticks += process.Ticks;
            threads += process.Threads;
            files += _files.OpenFiles(process.Pid);
            memory += process.Pages * (double)Environment.SystemPageSize * ShareOf(process, ref budget);
            var io = _files.Read($"{_files.Root}/{process.Pid}/io");
            read += ProcFiles.Number(io, "read_bytes:"u8) ?? 0;
            written += ProcFiles.Number(io, "write_bytes:"u8) ?? 0;
        }

        var group = ControlGroup.Of(leader, _files);
        return new ResourceUsage(
            group?.Cpu ?? TimeSpan.FromSeconds((double)ticks / ProcessStat.TicksPerSecond), group?.Memory ?? (long)memory, threads, files,
            group?.DiskRead ?? read, group?.DiskWritten ?? written, tree.Count - 1);
    }

    /// <summary>The part of a process's resident memory that counts as its own.</summary>
    private double ShareOf(ProcessStat process, ref int budget)
    {
        var key = (process.Pid, process.Birth);
        var isMeasured = _shares.TryGetValue(key, out var last);
        if ((isMeasured && time.GetElapsedTime(last.At) < ShareInterval) || budget <= 0) return isMeasured ? last.Share : 1;
        budget--;
        var rollup = _files.Read($"{_files.Root}/{process.Pid}/smaps_rollup");
        var share = ProcFiles.Number(rollup, "Rss:"u8) is > 0 and var rss && ProcFiles.Number(rollup, "Pss:"u8) is { } pss
            ? Math.Min(1, (double)pss / rss)
            : 1;
        _shares[key] = (share, time.GetTimestamp());
        return share;
    }
}
