using System.Net;
using Microsoft.AspNetCore.Http;
using OvermindGui.Core.Posix;

namespace OvermindGui.Web.Security;

/// <summary>
/// Who may see and control the other projects of the user who runs the dashboard: programs of that user on this machine, by the kernel's table of
/// connections. The token does not count. It belongs to one project, and may have been given to someone for that one. A proxy on this machine connects as
/// its own user and passes on the name it is reached by, which is no loopback name.
/// </summary>
internal static class OwnUserGuard
{
    private const string WhoMay = "The list of projects is shown to the user who runs the dashboard, on this machine, at http://localhost";

    /// <summary>Why the request may not; null when it may.</summary>
    public static string? Refusal(HttpContext context)
    {
        var connection = context.Connection;
        var isOwnUser = connection.LocalIpAddress is { } local && connection.RemoteIpAddress is { } remote
            && LoopbackPeer.Of(new IPEndPoint(local, connection.LocalPort), new IPEndPoint(remote, connection.RemotePort)) is { IsTrusted: true };
        return isOwnUser && HostNames.IsLoopback(context.Request.Host.Host) ? null : WhoMay;
    }
}
