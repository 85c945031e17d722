using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace OvermindGui.Web.Security;

/// <summary>
/// Logs what Kestrel refuses by itself: what is no HTTP, or comes too slowly to become a request. Its own log would repeat what was sent.
/// </summary>
internal sealed class BadRequestLog(ILogger<BadRequestLog> logger) : IObserver<KeyValuePair<string, object?>>
{
    public const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features) return;
        var status = (features.Get<IBadRequestExceptionFeature>()?.Error as BadHttpRequestException)?.StatusCode;
        var address = features.Get<IHttpConnectionFeature>()?.RemoteIpAddress;
        logger.LogWarning("Refused a malformed or slow request from {Address} with status {Status}", address, status);
    }

    public void OnError(Exception error)
    {
        // the source tells no errors
    }

    public void OnCompleted()
    {
        // it ends with the server
    }
}

internal static class BadRequestLogHost
{
    public static void UseBadRequestLog(this WebApplication app) => app.Services.GetRequiredService<DiagnosticListener>().Subscribe(
        ActivatorUtilities.CreateInstance<BadRequestLog>(app.Services), name => name == BadRequestLog.EventName);
}
