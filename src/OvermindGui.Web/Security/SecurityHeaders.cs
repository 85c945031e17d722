using Microsoft.AspNetCore.Http;

namespace OvermindGui.Web.Security;

/// <summary>Whose pages may show ours in a frame.</summary>
internal enum FrameAncestors
{
    None,

    /// <summary>Those of the same origin.</summary>
    Own,
}

/// <summary>On every answer, refusals included.</summary>
internal static class SecurityHeaders
{
    public static void Add(HttpContext context, FrameAncestors frames)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy(context.Request.Host, frames);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }

    // MudBlazor writes its theme as a style element and positions as style attributes: styles cannot be strict.
    private static string Policy(HostString host, FrameAncestors frames) =>
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + $"connect-src 'self'{WebSocketSource(host)}; frame-ancestors {(frames == FrameAncestors.Own ? "'self'" : "'none'")}; base-uri 'self'; form-action 'self'; object-src 'none'";

    // Older Safari does not count ws: as 'self'. The policy's grammar has no IPv6 literals, and a Host not yet checked is not repeated.
    private static string WebSocketSource(HostString host) =>
        host.Host is "localhost" or "127.0.0.1" && host.Port is { } port ? $" ws://{host.Host}:{port}" : "";
}
