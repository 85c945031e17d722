using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Resources;

/// <summary>
/// Records on which ports the processes listen. Once a second it reads the kernel's tables of listening sockets; whose they are is found out
/// only when these or the runs have changed.
/// </summary>
internal sealed class PortWatch(ISupervisor supervisor, ProjectFolder folder, EventRecorder recorder, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ProcessTreeReader _trees = new(time);
    private HashSet<(ListeningPort Port, long Inode)> _sockets = [];
    private Dictionary<RunIdentity, string?> _recorded = [];

    /// <summary>Watches until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux()) return;
        while (true)
        {
            Look();
            await Task.Delay(Interval, time, cancellationToken);
        }
    }

    private void Look()
    {
        var running = supervisor.Running;
        HashSet<(ListeningPort Port, long Inode)> sockets = [.. ListeningSockets.Read().SelectMany(s => s.Value.Select(inode => (s.Key, inode)))];
        if (sockets.SetEquals(_sockets) && running.Count == _recorded.Count && running.All(r => _recorded.ContainsKey(r.Run))) return;
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
