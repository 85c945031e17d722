using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Timing;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Resources;

/// <summary>
/// Records on which ports the processes listen. It reads the kernel's tables of listening sockets: once a second while a run is young, every
/// few seconds later. Whose they are is found out only when these or the runs have changed.
/// </summary>
internal sealed class PortWatch(ISupervisor supervisor, ProjectFolder folder, EventRecorder recorder, TimeProvider time)
{
    // Counted in beats.
    private const int Young = 30;
    private const int PauseBetweenLooks = 5;

    private readonly ProcessTreeReader _trees = new(time);
    private HashSet<(ListeningPort Port, long Inode)> _sockets = [];
    private Dictionary<RunIdentity, string?> _recorded = [];
    private int _sinceLook;
    private int _sinceNews;

    /// <summary>Watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) return;
        while (true)
        {
            await Heartbeat.UntilAsync(HasNews, cancellationToken); // nothing runs yet at first
            Record(Listening());
        }
    }

    private bool HasNews()
    {
        var areOthers = AreOthers(supervisor.Running);
        if (areOthers) _sinceNews = 0;
        if (++_sinceNews > Young && ++_sinceLook < PauseBetweenLooks) return false;
        _sinceLook = 0;
        return areOthers || !Listening().SetEquals(_sockets);
    }

    private bool AreOthers(IReadOnlyList<RunningProcess> running) => running.Count != _recorded.Count || !running.All(r => _recorded.ContainsKey(r.Run));

    private static HashSet<(ListeningPort Port, long Inode)> Listening() => [.. ListeningSockets.Read().SelectMany(s => s.Value.Select(inode => (s.Key, inode)))];

    private void Record(HashSet<(ListeningPort Port, long Inode)> sockets)
    {
        var running = supervisor.Running;
        _sockets = sockets;
        var ports = sockets.ToLookup(s => s.Inode, s => s.Port);
        var members = _trees.Members([.. running.Select(r => new RunLeader(r.Pid, ProcessTag.Of(folder, r.Run.RunId)))]);
        var recorded = new Dictionary<RunIdentity, string?>();
        foreach (var process in running)
        {
            var listening = ListeningPort.Text(members[process.Pid].SelectMany(PortHolders.SocketsOf).SelectMany(inode => ports[inode]));
            recorded[process.Run] = listening;
            if (_recorded.GetValueOrDefault(process.Run) != listening) recorder.Listening(process.Name, process.Run.RunId, listening);
        }

        _recorded = recorded;
    }
}
