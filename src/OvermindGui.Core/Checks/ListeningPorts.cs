using System.Globalization;
using System.Net.NetworkInformation;

namespace OvermindGui.Core.Checks;

/// <summary>The TCP ports of this machine that have a listening socket.</summary>
internal static class ListeningPorts
{
    private const string Listening = "0A"; // TCP_LISTEN

    /// <summary>The inodes of the sockets of each port; empty on systems that do not expose them.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<long>> Read() => OperatingSystem.IsLinux()
        ? Sockets().GroupBy(s => s.Port).ToDictionary(g => g.Key, IReadOnlyList<long> (g) => [.. g.Select(s => s.Inode)])
        : IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(e => e.Port).Distinct()
            .ToDictionary(port => port, IReadOnlyList<long> (_) => []);

    private static IEnumerable<(int Port, long Inode)> Sockets()
    {
        foreach (var table in new[] { "/proc/net/tcp", "/proc/net/tcp6" })
        {
            if (!File.Exists(table)) continue; // no IPv6
            foreach (var line in File.ReadLines(table))
                if (Parse(line) is { } socket) yield return socket;
        }
    }

    // proc_pid_net(5): number, local address, remote address, state, queues, timer, retransmissions, user, timeout, inode.
    private static (int Port, long Inode)? Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 9 && fields[3] == Listening
            && int.TryParse(fields[1].AsSpan(fields[1].LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port)
            && long.TryParse(fields[9], NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? (port, inode)
            : null;
    }
}
