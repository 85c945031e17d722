using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Security;

/// <summary>Lets in who shows the token: nothing is served in front of it, no page, no stream, no static file and no circuit.</summary>
internal sealed class TokenAuthMiddleware(RequestDelegate next, AccessToken token, TokenRateLimiter limit, ILogger<TokenAuthMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (AccessToken.ShownBy(context.Request) is not { } shown)
            return token.HasCookie(context.Request) ? next(context) : AskAsync(context);
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (limit.IsReached(address)) return UnauthorizedResponse.TooManyAsync(context);
        if (!token.Is(shown)) return RefuseAsync(context, address);
        return AccessToken.IsEntry(context.Request) ? EnterAsync(context) : next(context);
    }

    private Task AskAsync(HttpContext context)
    {
        logger.LogInformation("Refused a request without a token from {Address}", context.Connection.RemoteIpAddress);
        return UnauthorizedResponse.UnauthorizedAsync(context, "A token is needed here");
    }

    private Task RefuseAsync(HttpContext context, IPAddress address)
    {
        limit.Count(address);
        logger.LogWarning("Refused a request with a wrong token from {Address}", address);
        if (limit.IsReached(address)) logger.LogWarning("No token from {Address} is looked at for up to {Window}", address, TokenRateLimiter.Window);
        return UnauthorizedResponse.UnauthorizedAsync(context, "The token is wrong");
    }

    // The address without the token is what the browser keeps, and what people copy.
    private Task EnterAsync(HttpContext context)
    {
        token.SetCookie(context.Response);
        var rest = QueryString.Create(context.Request.Query.Where(parameter => parameter.Key != "token"));
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = "/" + rest;
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
