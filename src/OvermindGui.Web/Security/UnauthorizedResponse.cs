using System.Globalization;
using Microsoft.AspNetCore.Http;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Security;

/// <summary>The response without a valid token: JSON for programs, a page for browsers. It echoes nothing of the request.</summary>
internal static class UnauthorizedResponse
{
    private const string HowTo =
        "The server printed an address with the token when it started, and keeps it in overmind-gui.token in the project's folder";

    public static Task UnauthorizedAsync(HttpContext context, string reason)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(context, StatusCodes.Status401Unauthorized, reason);
    }

    public static Task TooManyAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = TokenRateLimiter.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, "There were too many wrong tokens from your address; wait a minute");
    }

    private static Task WriteAsync(HttpContext context, int status, string reason)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (ProgramRoutes.Includes(context.Request))
            return ApiErrors.WriteAsync(context, status, $"{reason}. Send it as Authorization: Bearer TOKEN. {HowTo}");
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(reason, context.Request.PathBase.ToUriComponent()), context.RequestAborted);
    }

    // The link helps users who come from another site: a browser sends a strict cookie only with a request from our own pages.
    private static string Page(string reason, string root) =>
        $$"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="dark light">
          <title>Overmind GUI</title>
          <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem }</style>
        </head>
        <body>
          <h1>{{reason}}</h1>
          <p>{{HowTo}}.</p>
          <form action="{{root}}/" method="get">
            <label>Token <input type="password" name="token" autocomplete="current-password" required autofocus></label>
            <button>Enter</button>
          </form>
          <p>You have been in before? <a href="{{root}}/">Open the dashboard</a>.</p>
        </body>
        </html>

        """;
}
