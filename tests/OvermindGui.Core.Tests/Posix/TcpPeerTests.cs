using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Tests.Posix;

/// <summary>Whose end of a TCP connection on this machine it is.</summary>
public class TcpPeerTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("::", "::1")]
    public async Task The_user_of_a_connection_from_this_machine_is_known(string listens, string connects)
    {
        using var listener = new Socket(IPAddress.Parse(listens).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (listens == "::") listener.DualMode = true;
        listener.Bind(new IPEndPoint(IPAddress.Parse(listens), 0));
        listener.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Parse(connects), ((IPEndPoint)listener.LocalEndPoint!).Port, TestContext.Current.CancellationToken);
        using var ours = await listener.AcceptAsync(TestContext.Current.CancellationToken);

        var user = TcpPeer.UserOf((IPEndPoint)ours.RemoteEndPoint!, (IPEndPoint)ours.LocalEndPoint!);

        Assert.True(user is { } known && new PeerUser(known, null).IsTrusted);
        Assert.Null(TcpPeer.UserOf(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 4711), (IPEndPoint)ours.LocalEndPoint!));
    }
}
