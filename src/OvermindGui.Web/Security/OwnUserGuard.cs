using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using OvermindGui.Core.Posix;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Security;

/// <summary>
/// Who may see and control the other projects of the user who runs the dashboard: programs of that user on this machine, by the kernel's table of
/// connections. The token does not count. It belongs to one project, and may have been given to someone for that one. A proxy on this machine connects as
/// its own user and passes on the name it is reached by, which is no loopback name.
/// </summary>
internal static class OwnUserGuard
{
    private const string WhoMay = "The list of projects is shown to the user who runs the dashboard, on this machine, at http://localhost";

    private static readonly object IsOwnUser = new();

    /// <summary>Why the request may not; null when it may.</summary>
    public static string? Refusal(HttpContext context) => IsFromOwnUser(context) && HostNames.IsLoopback(context.Request.Host.Host) ? null : WhoMay;

    /// <summary>Lets no one else in at all.</summary>
    public static void UseOwnUserGuard(this WebApplication app) => app.Use((context, next) =>
    {
        if (Refusal(context) is not { } refusal) return next(context);
        if (ApiErrors.IsApi(context.Request) || ApiErrors.IsMcp(context.Request)) return ApiErrors.WriteAsync(context, StatusCodes.Status403Forbidden, refusal);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync(refusal + "\n", context.RequestAborted);
    });

    // A connection stays with its user: it is looked up once.
    private static bool IsFromOwnUser(HttpContext context)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(IsOwnUser, out var known)) return known is true;
        var connection = context.Connection;
        var isOwn = connection.LocalIpAddress is { } local && connection.RemoteIpAddress is { } remote
            && LoopbackPeer.Of(new IPEndPoint(local, connection.LocalPort), new IPEndPoint(remote, connection.RemotePort)) is { IsTrusted: true };
        if (items is not null) items[IsOwnUser] = isOwn;
        return isOwn;
    }
}
