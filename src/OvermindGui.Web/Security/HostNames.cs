using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Security;

/// <summary>
/// The names under which we are reached. DNS rebinding gives a foreign name our address, so a name counts only where somebody gave it;
/// an address counts when it is the one that was connected to.
/// </summary>
internal sealed class HostNames(int port, IEnumerable<string> given)
{
    private static readonly HashSet<string> Loopback = new(["localhost", "127.0.0.1", "[::1]"], StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _given = new(given, StringComparer.OrdinalIgnoreCase);

    public bool Contains(HostString host, IPAddress? connectedTo) =>
        ((host.Port ?? 80) == port && (Loopback.Contains(host.Host) || host.Host == Literal(connectedTo))) || IsGiven(host);

    /// <summary>A page of ours is at this origin. Behind a proxy, for which a name was given, it may have come over TLS.</summary>
    public bool IsOrigin(string? origin, HostString host) =>
        string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase)
        || (IsGiven(host) && string.Equals(origin, $"https://{host}", StringComparison.OrdinalIgnoreCase));

    // Without a port a name stands for ours and, behind a proxy, for the scheme's own.
    private bool IsGiven(HostString host) =>
        host.HasValue && (_given.Contains(host.Value!) || (host.Port == port && _given.Contains(host.Host)));

    private static string? Literal(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{address}]",
        _ => address.ToString(),
    };
}
