using System.Net;
using System.Net.Sockets;
using System.Text;

using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Hosting;

/// <summary>Asks for the page once, so that the code that makes it is compiled before the browser asks: by then that takes a tenth of the time.</summary>
internal static class WarmUp
{
    public static async Task RunAsync(IPEndPoint served, WebAccess access, CancellationToken stop)
    {
        var address = served.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : served.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : served.Address;
        var host = new IPEndPoint(address, served.Port);
        var token = access.Token is null ? "" : $"Authorization: Bearer {access.Token}\r\n";
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(host, stop);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\n{token}Connection: close\r\n\r\n"), stop);
            var answer = new byte[4096];
            while (await socket.ReceiveAsync(answer, stop) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The page then takes a little longer when it is first asked for.
        }
    }
}
