using System.Net;
using Microsoft.AspNetCore.Http;
using OvermindGui.Core.Posix;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Security;

/// <summary>
/// Whether a request may do more than read where the token is not asked for: a dashboard on a loopback address can be reached by every user
/// of the machine.
/// </summary>
internal sealed class TrustedCaller(WebServerOptions options)
{
    /// <summary>What makes a caller trusted.</summary>
    public const string Needed = "a connection from this machine by the user who runs the dashboard, or the token (start the dashboard with --token)";

    /// <summary>True when the request has passed the check of the token, or comes from the same user on this machine.</summary>
    public bool Is(HttpContext context)
    {
        if (options.Access.Token is not null) return true; // without it, the request would not have come this far
        var connection = context.Connection;
        return connection.LocalIpAddress is { } local && connection.RemoteIpAddress is { } remote
            && LoopbackPeer.Of(new IPEndPoint(local, connection.LocalPort), new IPEndPoint(remote, connection.RemotePort)) is { IsTrusted: true };
    }
}
