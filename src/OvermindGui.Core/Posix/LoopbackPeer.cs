using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OvermindGui.Core.Posix;

/// <summary>Finds the user at the other end of a TCP connection within this machine, in the kernel's tables of sockets. Linux only.</summary>
public static class LoopbackPeer
{
    private const int AddressField = 1;
    private const int PeerField = 2;
    private const int UserField = 7;

    /// <summary>Null when the connection comes from elsewhere, or its user cannot be determined.</summary>
    /// <param name="local">Our end.</param>
    /// <param name="remote">The other end.</param>
    public static PeerUser? Of(IPEndPoint local, IPEndPoint remote)
    {
        if (!OperatingSystem.IsLinux() || !IPAddress.IsLoopback(remote.Address)) return null;
        // The peer's socket is the one that has our two ends the other way round. A program may use IPv6 sockets for IPv4 addresses.
        return Find("/proc/net/tcp", remote, local, AddressFamily.InterNetwork) ?? Find("/proc/net/tcp6", remote, local, AddressFamily.InterNetworkV6);
    }

    private static PeerUser? Find(string table, IPEndPoint own, IPEndPoint peer, AddressFamily family)
    {
        if (TextOf(own, family) is not { } ownText || TextOf(peer, family) is not { } peerText || !File.Exists(table)) return null;
        foreach (var line in File.ReadLines(table))
        {
            // proc_pid_net(5): number, local address, remote address, state, queues, timer, retransmissions, user, …
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > UserField && fields[AddressField] == ownText && fields[PeerField] == peerText
                && uint.TryParse(fields[UserField], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
                return new PeerUser(user, null);
        }

        return null;
    }

    // As the tables write it: 32-bit words in the byte order of the machine.
    private static string? TextOf(IPEndPoint end, AddressFamily family)
    {
        var address = family == AddressFamily.InterNetworkV6 ? end.Address.MapToIPv6() : end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;
        if (address.AddressFamily != family) return null;
        var bytes = address.GetAddressBytes();
        var words = Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i * 4))
            : BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(i * 4)));
        return string.Concat(words.Select(word => word.ToString("X8", CultureInfo.InvariantCulture))) + string.Create(CultureInfo.InvariantCulture, $":{end.Port:X4}");
    }
}
