using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OvermindGui.Core.Posix;

/// <summary>The user at the other end of a TCP connection from this machine, as the kernel lists it in <c>/proc/net/tcp</c>.</summary>
public static class TcpPeer
{
    private const int AddressColumn = 1;
    private const int RemoteColumn = 2;
    private const int UserColumn = 7;

    /// <summary>Null where the kernel does not list it: the other end is elsewhere, has closed, or the system has no such table.</summary>
    /// <param name="remote">The other end, as seen from ours.</param>
    /// <param name="local">Our end.</param>
    public static uint? UserOf(IPEndPoint remote, IPEndPoint local)
    {
        // A client that speaks IPv4 to a socket of both families is in the first table or, when it has such a socket as well, in the second.
        foreach (var table in (string[])["/proc/net/tcp", "/proc/net/tcp6"])
            if (Find(table, remote, local) is { } user) return user;
        return null;
    }

    private static uint? Find(string table, IPEndPoint remote, IPEndPoint local)
    {
        try
        {
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                // proc(5): "sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid …", seen from the client's end.
                var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (columns.Length > UserColumn && Is(columns[AddressColumn], remote) && Is(columns[RemoteColumn], local))
                    return uint.Parse(columns[UserColumn], CultureInfo.InvariantCulture);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // there is no such table
        }

        return null;
    }

    // "0100007F:1F90": the address in words of the machine's byte order, the port as it is read.
    private static bool Is(string text, IPEndPoint point)
    {
        var colon = text.IndexOf(':');
        if (colon is not (8 or 32) || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var port) || port != point.Port)
            return false;
        var bytes = Convert.FromHexString(text.AsSpan(0, colon));
        if (BitConverter.IsLittleEndian)
            for (var word = 0; word < bytes.Length; word += 4) Array.Reverse(bytes, word, 4);
        return Plain(new IPAddress(bytes)).Equals(Plain(point.Address));
    }

    private static IPAddress Plain(IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
