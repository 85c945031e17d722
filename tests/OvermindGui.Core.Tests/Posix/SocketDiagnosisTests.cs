using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Resources;

namespace OvermindGui.Core.Tests.Posix;

public class SocketDiagnosisTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void A_socket_that_listens_is_found_until_it_is_closed(string address)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var socket = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        var (port, inode) = (((IPEndPoint)socket.LocalEndPoint!).Port, InodeOf(socket));
        Assert.DoesNotContain((port, inode), SocketDiagnosis.ListeningTcp()!); // bound, but not listening

        socket.Listen();
        Assert.Contains((port, inode), SocketDiagnosis.ListeningTcp()!);
        Assert.Contains(inode, ListeningSockets.Read()[new ListeningPort(port, false)]);

        socket.Close();
        Assert.DoesNotContain((port, inode), SocketDiagnosis.ListeningTcp()!);
    }

    [Fact]
    public void A_connection_is_no_socket_that_listens()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        var listening = SocketDiagnosis.ListeningTcp()!.Select(s => s.Inode).ToList();
        Assert.Contains(InodeOf(listener.Server), listening);
        Assert.DoesNotContain(InodeOf(client.Client), listening);
    }

    private static long InodeOf(Socket socket)
    {
        var link = new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{socket.SafeHandle.DangerousGetHandle()}")).LinkTarget!;
        return long.Parse(link["socket:[".Length..^1], CultureInfo.InvariantCulture);
    }
}
