using OvermindGui.Core.Contracts;
using OvermindGui.Core.Resources;

namespace OvermindGui.Daemon.Supervision.Readiness;

/// <summary>Ready when a process of the run listens on a TCP port. Another program on the same port does not count.</summary>
/// <param name="port">Which; null for any.</param>
/// <param name="pids">The processes of the run.</param>
internal sealed class PortAttempt(int? port, Func<IEnumerable<int>> pids) : IReadyAttempt
{
    public Task<string?> LookAsync(CancellationToken cancellationToken) => Task.Run(Look, cancellationToken);

    private string? Look()
    {
        if (!OperatingSystem.IsLinux()) return "this system does not tell on which ports a process listens; use tcp";
        var sockets = ListeningSockets.Read().Where(s => !s.Key.IsUdp).SelectMany(s => s.Value.Select(inode => (inode, s.Key.Port))).ToLookup(s => s.inode, s => s.Port);
        var ports = pids().SelectMany(PortHolders.SocketsOf).SelectMany(inode => sockets[inode]).Distinct().Order().ToList();
        if (port is null ? ports.Count > 0 : ports.Contains(port.Value)) return null;
        if (port is { } expected && PortHolders.Of(new ListeningPort(expected, false)) is { } other)
            return $"another program holds port {expected}: {ProcessEntry.NameOf(other.Pid) ?? "a process"} (PID {other.Pid})";
        return ports.Count == 0 ? "it listens on no port" : $"it listens on {string.Join(", ", ports)}, not on {port}";
    }
}
