using System.Net;
using System.Net.Sockets;
using OvermindGui.Invocation;

namespace OvermindGui.Hosting;

/// <summary>The dashboard's socket, bound before anything else starts, so that a busy port does not leave a daemon running.</summary>
internal static class ListenSocket
{
    private const int FirstPort = 8000;
    private const int LastPort = 8099;

    /// <exception cref="CommandFailure">The requested port, or every default port, is taken.</exception>
    public static Socket Bind(IPAddress address, int? port)
    {
        if (port is { } wanted)
            return TryBind(address, wanted, out var error) ?? throw new CommandFailure(
                $"Error: Port {wanted} cannot be used: {error}\nChoose another one, or leave --port out for the first free one from {FirstPort}");
        var reason = "";
        for (var candidate = FirstPort; candidate <= LastPort; candidate++)
            if (TryBind(address, candidate, out reason) is { } socket) return socket;
        throw new CommandFailure($"Error: No free port from {FirstPort} to {LastPort} on {address}: {reason}; choose one with --port");
    }

    private static Socket? TryBind(IPAddress address, int port, out string error)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(); // binding does not reserve the port: two programs that start together would both succeed
            error = "";
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            error = e.Message;
            return null;
        }
    }
}
