using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Security;

/// <summary>
/// Logs and explains requests that Kestrel itself rejects: data that is not HTTP, or that arrives too slowly. Kestrel's own log would
/// repeat the received data, and its response has no explanation.
/// </summary>
internal sealed class BadRequestLog(RefusalLog refusals) : IObserver<KeyValuePair<string, object?>>
{
    public const string EventName = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not IFeatureCollection features) return;
        var status = (features.Get<IBadRequestExceptionFeature>()?.Error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        refusals.Add("malformed", features.Get<IHttpConnectionFeature>()?.RemoteIpAddress, $"answered with {status}");
        if (features.Get<IHttpResponseFeature>() is not { HasStarted: true }) RejectedRequests.Explain(features, status);
    }

    public void OnError(Exception error)
    {
        // the source reports no errors
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
