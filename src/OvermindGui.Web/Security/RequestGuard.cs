using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Security;

/// <summary>
/// Runs before anything else. The dashboard starts and stops processes and any page in the same browser can reach its port: a foreign
/// Host (DNS rebinding) and a foreign Origin (a request or a circuit opened by another page) are refused.
/// </summary>
internal sealed class RequestGuard(RequestDelegate next, HostNames names, FrameAncestors frames, RefusalLog refusals)
{
    private const string HowToAllow =
        "Open the address that the server printed, or start it with --allowed-hosts NAME (or OVERMIND_GUI_ALLOWED_HOSTS=NAME) for the name that you use";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        SecurityHeaders.Add(context, frames);
        if (!names.Contains(request.Host, context.Connection.LocalIpAddress, context.Connection.RemoteIpAddress))
            return RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "foreign Host header", HowToAllow);
        if (NeedsOrigin(request) && !IsSameOrigin(request)) return RefuseAsync(context, StatusCodes.Status403Forbidden, "foreign Origin header");
        if (FetchMetadata.IsForeign(request)) return RefuseAsync(context, StatusCodes.Status403Forbidden, "foreign Sec-Fetch-Site header");
        // The API says this itself, with its bound.
        if (!ApiErrors.IsApi(request) && request.ContentLength > ApiErrors.MaxBodySize)
            return RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "body too large");
        return next(context);
    }

    // A WebSocket handshake is a GET that CORS does not cover, and the circuit behind it may do everything.
    private static bool NeedsOrigin(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        || request.Headers.Upgrade.Count > 0
        || request.HttpContext.WebSockets.IsWebSocketRequest
        || request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
        // Another page could not read the answer, but it could keep streams open.
        || ApiErrors.IsApi(request) || ApiErrors.IsMcp(request);

    // Programs such as curl send no Origin; a browser always does where it matters.
    private bool IsSameOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && names.IsOrigin(origin[0], request.Host));
    }

    private Task RefuseAsync(HttpContext context, int status, string reason, string? next = null)
    {
        refusals.Add(context, reason);
        var answer = next is null ? $"Refused: {reason}" : $"Refused: {reason}. {next}";
        if (ApiErrors.IsApi(context.Request) || ApiErrors.IsMcp(context.Request)) return ApiErrors.WriteAsync(context, status, answer);
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(answer + "\n", context.RequestAborted);
    }
}

internal static class RequestGuardHost
{
    public static void UseRequestGuard(this WebApplication app, int port, WebAccess access) =>
        app.UseMiddleware<RequestGuard>(new HostNames(port, access.HostNames), access.OwnFrames ? FrameAncestors.Own : FrameAncestors.None);
}
