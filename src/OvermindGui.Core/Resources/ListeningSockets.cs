using System.Globalization;
using System.Net.NetworkInformation;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Resources;

/// <summary>The listening sockets of this machine: TCP, and UDP on ports that are not given to clients.</summary>
public static class ListeningSockets
{
    private const string Listening = "0A"; // TCP_LISTEN
    private const string Unconnected = "07"; // TCP_CLOSE, the state of a UDP socket without a peer
    private const string ClientPorts = "/proc/sys/net/ipv4/ip_local_port_range";

    private static readonly (string Table, bool IsUdp)[] Tables =
        [("/proc/net/tcp", false), ("/proc/net/tcp6", false), ("/proc/net/udp", true), ("/proc/net/udp6", true)];

    /// <summary>The inodes of the sockets of each port; empty lists on systems that do not expose them.</summary>
    public static IReadOnlyDictionary<ListeningPort, IReadOnlyList<long>> Read() => OperatingSystem.IsLinux()
        ? Sockets().GroupBy(s => s.Port).ToDictionary(g => g.Key, IReadOnlyList<long> (g) => [.. g.Select(s => s.Inode)])
        : IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(e => new ListeningPort(e.Port, false)).Distinct()
            .ToDictionary(port => port, IReadOnlyList<long> (_) => []);

    private static IEnumerable<(ListeningPort Port, long Inode)> Sockets()
    {
        var listening = SocketDiagnosis.ListeningTcp();
        foreach (var (port, inode) in listening ?? []) yield return (new ListeningPort(port, false), inode);
        var firstClientPort = FirstClientPort();
        foreach (var (table, isUdp) in Tables)
        {
            if ((listening is not null && !isUdp) || !File.Exists(table)) continue; // no IPv6
            foreach (var line in File.ReadLines(table))
                // A client's own socket, such as one for a name server, looks as if it listened.
                if (Parse(line, isUdp) is { } socket && !(isUdp && socket.Port.Port >= firstClientPort)) yield return socket;
        }
    }

    // proc_pid_net(5): number, local address, remote address, state, queues, timer, retransmissions, user, timeout, inode.
    private static (ListeningPort Port, long Inode)? Parse(string line, bool isUdp)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 9 && fields[3] == (isUdp ? Unconnected : Listening)
            && int.TryParse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            && long.TryParse(fields[9], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? (new ListeningPort(port, isUdp), inode)
            : null;
    }

    private static int FirstClientPort()
    {
        try
        {
            return int.TryParse(File.ReadAllText(ClientPorts).Split()[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 32_768;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 32_768; // the kernel's default
        }
    }
}
