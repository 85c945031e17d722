using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Security;

/// <summary>Requires the token before anything is served: pages, streams, static files and circuits.</summary>
internal sealed class TokenAuthMiddleware(RequestDelegate next, AccessToken token, TokenRateLimiter limit, RefusalLog refusals)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (AccessToken.ShownBy(context.Request) is not { } shown)
            return token.HasCookie(context.Request) ? next(context) : AskAsync(context);
        // The right token is always accepted, even from an address that is rate-limited: 256 random bits cannot be guessed.
        if (!token.Is(shown)) return RefuseAsync(context, context.Connection.RemoteIpAddress ?? IPAddress.None);
        return AccessToken.IsEntry(context.Request) ? EnterAsync(context) : next(context);
    }

    private static Task AskAsync(HttpContext context) => UnauthorizedResponse.UnauthorizedAsync(context, "A token is needed here");

    private Task RefuseAsync(HttpContext context, IPAddress address)
    {
        refusals.Add(context, "wrong token");
        return limit.TryCount(address) ? UnauthorizedResponse.UnauthorizedAsync(context, "The token is wrong") : UnauthorizedResponse.TooManyAsync(context);
    }

    // Redirects to the address without the token, so that the token is not copied with the address.
    private Task EnterAsync(HttpContext context)
    {
        token.SetCookie(context.Response);
        var rest = QueryString.Create(context.Request.Query.Where(parameter => !AccessToken.IsName(parameter.Key)));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = (context.Request.PathBase + context.Request.Path).ToUriComponent() + rest;
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }
}

internal static class TokenGateHost
{
    public static void AddTokenGate(this WebApplicationBuilder builder) => builder.Services.AddSingleton<TokenRateLimiter>();

    /// <summary>Stands behind the checks of Host and Origin and before everything else, if a token is asked for.</summary>
    public static void UseTokenGate(this WebApplication app, int port, WebAccess access)
    {
        if (access.Token is { } token) app.UseMiddleware<TokenAuthMiddleware>(new AccessToken(token, port));
    }
}
