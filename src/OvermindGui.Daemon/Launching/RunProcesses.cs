using OvermindGui.Core.Control;

namespace OvermindGui.Daemon.Launching;

/// <summary>All processes of a run: the group that its leader leads, and whoever left the group but carries the mark.</summary>
internal sealed class RunProcesses(ProcessGroup group, ProcessTag mark)
{
    public ProcessGroup Group => group;

    /// <summary>Sends the signal to each of them.</summary>
    public void Signal(int signal)
    {
        group.Signal(signal);
        foreach (var stray in Strays()) StrayProcess.Signal(stray, signal);
    }

    /// <summary>True while one of them runs.</summary>
    public bool IsAlive() => group.IsAlive() || Strays().Any();

    private IEnumerable<TaggedProcess> Strays() => TaggedProcess.Of(mark).Where(p => p.Group != group.Id);
}
