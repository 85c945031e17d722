using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>All processes of a run: the group of its leader, and processes that left the group but carry the tag.</summary>
internal sealed class RunProcesses(ProcessGroup group, ProcessTag mark)
{
    private const int MostNamed = 5;

    public ProcessGroup Group => group;

    /// <summary>Sends the signal to each of them.</summary>
    public void Signal(int signal)
    {
        group.Signal(signal);
        foreach (var stray in Strays()) StrayProcess.Signal(stray, signal);
    }

    /// <summary>Sends the signal to the leader alone.</summary>
    public void SignalLeader(int signal)
    {
        if (ProcessEntry.Of(group.Id) is { } leader) StrayProcess.Signal(new TaggedProcess(leader.Pid, mark, leader.Group, leader.Birth), signal);
    }

    /// <summary>True while one of them runs.</summary>
    public bool IsAlive() => group.IsAlive() || Strays().Any();

    /// <summary>The PIDs of all that run now.</summary>
    public IEnumerable<int> Pids() => group.Members().Concat(Strays().Select(p => p.Pid)).Distinct();

    /// <summary>
    /// Lists, by name and PID, the processes that outlived the leader: those that run, and those that the end of its terminal has just ended.
    /// Empty when there are none or the system does not provide them. Asked once per run.
    /// </summary>
    public string DescribeLeft()
    {
        // The running ones first: one that ends in between is then found among the ended.
        var running = group.Members().Concat(Strays().Select(p => p.Pid)).Select(pid => new Orphan(pid, ProcessEntry.NameOf(pid))).ToList();
        var members = running.Concat(OrphanReaper.TakeHungUp(mark)).DistinctBy(orphan => orphan.Pid).OrderBy(orphan => orphan.Pid).ToList();
        var named = members.Take(MostNamed).Select(orphan => $"{orphan.Name ?? "a process"}, PID {orphan.Pid}");
        return string.Join("; ", members.Count > MostNamed ? named.Append($"and {members.Count - MostNamed} more") : named);
    }

    private IEnumerable<TaggedProcess> Strays() => TaggedProcess.Of(mark).Where(p => p.Group != group.Id);
}
