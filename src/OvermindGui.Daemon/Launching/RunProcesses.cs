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

    /// <summary>True while one of them runs.</summary>
    public bool IsAlive() => group.IsAlive() || Strays().Any();

    /// <summary>Lists the running processes by name and PID. Empty when none runs or the system does not provide them.</summary>
    public string Describe()
    {
        var members = group.Members().Concat(Strays().Select(p => p.Pid)).Distinct().Order().ToList();
        var named = members.Take(MostNamed).Select(pid => $"{ProcessEntry.NameOf(pid) ?? "a process"}, PID {pid}");
        return string.Join("; ", members.Count > MostNamed ? named.Append($"and {members.Count - MostNamed} more") : named);
    }

    private IEnumerable<TaggedProcess> Strays() => TaggedProcess.Of(mark).Where(p => p.Group != group.Id);
}
