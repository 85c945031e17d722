using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OvermindGui.Web.Tests.Support;

internal static class Ports
{
    /// <summary>A socket on a free loopback port, as the executable hands it over.</summary>
    public static Socket Bind(int port = 0) => Bind(IPAddress.Loopback, port);

    /// <summary>The same on another address of the loopback.</summary>
    public static Socket Bind(IPAddress address, int port = 0) => SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(address, port));
}
