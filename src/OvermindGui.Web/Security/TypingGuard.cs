using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Core.Posix;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Security;

/// <summary>
/// Who may type into processes: typing into a shell is code execution, as the user of the daemon. With a token, everyone whom the gate has let
/// pass; without one, programs of the same user on this machine, by the kernel's table of connections. Other users of the machine reach the
/// dashboard's port too.
/// </summary>
internal sealed class TypingGuard(WebAccess access)
{
    /// <summary>Why the request may not type; null when it may.</summary>
    public string? Refusal(HttpContext context)
    {
        if (access.NoInput) return "This dashboard types nothing (--no-input)";
        if (access.Token is not null) return null;
        var connection = context.Connection;
        if (connection is not { RemoteIpAddress: { } remote, LocalIpAddress: { } local } || !IPAddress.IsLoopback(remote))
            return "Typing needs the token, or a connection from this machine; start the server with --token";
        var user = TcpPeer.UserOf(new IPEndPoint(remote, connection.RemotePort), new IPEndPoint(local, connection.LocalPort));
        return user is { } known && new PeerUser(known, null).IsTrusted ? null
            : user is null ? "Typing needs the token here, because this system does not say who connects; start the server with --token"
            : "Typing needs the token: the connection belongs to another user; start the server with --token";
    }
}

internal static class TypingGuardHost
{
    public static void AddTypingGuard(this WebApplicationBuilder builder, WebAccess access) => builder.Services.AddSingleton(new TypingGuard(access));
}
