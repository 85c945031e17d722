using System.Net;
using System.Net.Sockets;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Hosting;

/// <summary>The dashboard's address and access control.</summary>
/// <param name="Options">The given options, for a restart in place; the new process reads the variables itself.</param>
internal sealed record DashboardEndpoint(Socket Socket, WebAccess Access, IReadOnlyList<string> Options) : IDisposable
{
    private IPEndPoint Endpoint => (IPEndPoint)Socket.LocalEndPoint!;

    public int Port => Endpoint.Port;

    /// <summary>Prints how to sign in, if the address alone is not enough.</summary>
    public void Announce(Uri address)
    {
        if (Access.Token is not { } token) return;
        Console.WriteLine($"Open it once with its token: {address.GetLeftPart(UriPartial.Authority)}/?token={token}");
        if (!IPAddress.IsLoopback(Endpoint.Address))
            Console.WriteLine("Warning: this is plain HTTP: who can listen on the way reads the token and everything else. Use it in networks you trust");
    }

    public void Dispose() => Socket.Dispose();
}
