using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Security;

/// <summary>
/// The names under which we are reached. DNS rebinding gives a foreign name our address, so a name counts only where it was given; an
/// address counts when it is the one that was connected to. A loopback name is never a foreign one: on a connection from this machine it
/// counts with any port, because a tunnel (<c>ssh -L 9000:localhost:8000</c>) has its own.
/// </summary>
internal sealed class HostNames(int port, IEnumerable<string> given)
{
    private const string Localhost = "localhost";

    private readonly HashSet<string> _given = new(given, StringComparer.OrdinalIgnoreCase);

    /// <param name="local">Our end of the connection.</param>
    /// <param name="remote">The other end.</param>
    public bool Contains(HostString host, IPAddress? local, IPAddress? remote) =>
        (IsLoopback(host.Host) && ((host.Port ?? 80) == port || (remote is not null && IPAddress.IsLoopback(remote))))
        || ((host.Port ?? 80) == port && host.Host == Literal(local))
        || IsGiven(host);

    /// <summary>A page of ours is at this origin. Behind a proxy, for which a name was given, it may have come over TLS.</summary>
    public bool IsOrigin(string? origin, HostString host) =>
        string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase)
        || (IsGiven(host) && string.Equals(origin, $"https://{host}", StringComparison.OrdinalIgnoreCase));

    // A name that was given without a port counts with any.
    private bool IsGiven(HostString host) => host.HasValue && (_given.Contains(host.Value!) || _given.Contains(host.Host));

    public static bool IsLoopback(string name) =>
        name.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) && Literal(address) == name);

    private static string? Literal(IPAddress? address) => address switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{address}]",
        _ => address.ToString(),
    };
}
