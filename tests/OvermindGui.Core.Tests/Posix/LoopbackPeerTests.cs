using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Tests.Posix;

public sealed class LoopbackPeerTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::ffff:127.0.0.1", "127.0.0.1")] // the server's socket is one for both
    public void The_user_of_a_connection_within_this_machine_is_known(string listen, string connect)
    {
        using var listener = new TcpListener(IPAddress.Parse(listen), 0);
        if (IPAddress.Parse(listen).IsIPv4MappedToIPv6) listener.Server.DualMode = true;
        listener.Start();
        using var client = new TcpClient(IPAddress.Parse(connect).AddressFamily);
        client.Connect(IPAddress.Parse(connect), ((IPEndPoint)listener.LocalEndpoint).Port);
        using var accepted = listener.AcceptSocket();

        var peer = LoopbackPeer.Of((IPEndPoint)accepted.LocalEndPoint!, (IPEndPoint)accepted.RemoteEndPoint!);

        Assert.Equal(OperatingSystem.IsLinux(), peer is { IsTrusted: true });
    }

    [Fact]
    public void A_connection_that_is_not_there_or_comes_from_elsewhere_has_no_known_user()
    {
        Assert.Null(LoopbackPeer.Of(new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2)));
        Assert.Null(LoopbackPeer.Of(new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Parse("192.0.2.1"), 2)));
    }
}
