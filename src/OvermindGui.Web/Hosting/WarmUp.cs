using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Hosting;

/// <summary>
/// Asks for the page, so that the code that makes it is compiled before the browser asks: by then that takes a tenth of the time. The first request uses the
/// time in which the daemon starts; the second one finds its processes.
/// </summary>
internal static class WarmUp
{
    public const string Header = "Warm-Up";

    /// <summary>The value of the header: no other program can ask for it.</summary>
    public static readonly string Mark = Guid.NewGuid().ToString();

    /// <summary>Whether this is the request below, which wants all of the page at once.</summary>
    public static bool IsFrom(HttpRequest request) => request.Headers[Header] == Mark;

    /// <param name="ready">Completes when there is something to show.</param>
    public static async Task RunAsync(IPEndPoint served, WebAccess access, Task ready, CancellationToken stop)
    {
        await AskAsync(served, access, stop);
        await Task.WhenAny(ready);
        if (ready.IsCompletedSuccessfully) await AskAsync(served, access, stop);
    }

    private static async Task AskAsync(IPEndPoint served, WebAccess access, CancellationToken stop)
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
            await socket.SendAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\n{token}{Header}: {Mark}\r\nConnection: close\r\n\r\n"), stop);
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
