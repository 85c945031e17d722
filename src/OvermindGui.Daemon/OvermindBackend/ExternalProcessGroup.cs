using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Daemon.Launching;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>
/// The process group of a process that is not our child. Its number may have passed to a stranger since it was learnt, so the birth of its
/// leader is remembered with it; without /proc nothing is known for certain, and nothing is signalled.
/// </summary>
internal sealed class ExternalProcessGroup(int pid)
{
    private readonly ProcessGroup _group = new(pid);
    private readonly long? _birth = BirthOf(pid);

    /// <summary>True while a process of that number is there, be it a zombie: what overmind itself goes by.</summary>
    public bool LeaderExists => NativeProcess.Kill(_group.Id, 0) == 0;

    /// <summary>True while members of it are known to run.</summary>
    public bool IsAlive() => IsStillItself && _group.IsAlive();

    /// <summary>Sends a signal to every member of the group, and to no other process.</summary>
    public void Signal(int signal)
    {
        if (IsStillItself) _group.Signal(signal);
    }

    // A group outlives its leader, and as long as it does, its number is not given away.
    private bool IsStillItself => _birth is { } birth && (BirthOf(_group.Id) is not { } now || now == birth);

    private static long? BirthOf(int pid) => ProcessEntry.Of(pid)?.Birth;
}
