using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Http;
using OvermindGui.Web.Live;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace OvermindGui.Web.Api;

/// <summary>Output as server-sent events.</summary>
internal static class StreamRoute
{
    public static void MapStream(this RouteGroupBuilder api) => api.MapGet("/output/stream", Stream)
        .WithTags("Output").WithSummary("Output as it comes, as server-sent events")
        .WithDescription(
            "Events: \"line\" (a line of GET /api/output; its id is the event's id), \"amend\" (a line of before as it is now), \"status\" "
            + "(processes whose status changed), \"cleared\" (lines of process up to up_to are gone), \"reset\" (another database: forget all). "
            + "With Last-Event-ID or after it goes on behind that line, without loss; else with what comes from now on.")
        .WithIntegers("after", "Last-Event-ID").Produces<ApiError>(StatusCodes.Status404NotFound);

    private static Results<EventStream, BadRequest<ApiError>> Stream(
        ProjectSession session, [FromQuery] string[]? process = null, [FromQuery] string? after = null,
        [FromHeader(Name = "Last-Event-ID")] string? lastEventId = null)
    {
        // A reconnecting browser requests the same address; the header has the last id it received.
        var (name, text) = string.IsNullOrEmpty(lastEventId) ? ("after", after) : ("Last-Event-ID", lastEventId);
        if (!QueryNumber.TryRead(text, out var place) || place < 0)
            return TypedResults.BadRequest(new ApiError($"{name}: expected a whole number from 0"));
        return new EventStream(session.OutputOf(KnownNames.NonEmpty(process)), place);
    }
}

/// <summary>A stream that lasts until the reader goes or the server ends.</summary>
internal sealed class EventStream(ProcessFilter filter, long? after) : IResult, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/event-stream"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status429TooManyRequests, typeof(ApiError), ["application/json"]));
    }

    public async Task ExecuteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        using var place = services.GetRequiredService<StreamLimit>().TryEnter();
        if (place is null)
        {
            context.Response.Headers.RetryAfter = "5";
            await ApiErrors.WriteAsync(context, StatusCodes.Status429TooManyRequests, $"{StreamLimit.Most} streams are open, and no more may be; close some");
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-store";
        if (context.IsHead()) return;
        // A reader may stand still for a while, behind a pager: it holds a buffer and no more.
        var rate = context.Features.Get<IHttpMinResponseDataRateFeature>();
        if (rate is not null) rate.MinDataRate = null;
        var options = services.GetRequiredService<WebServerOptions>();
        var stream = new OutputStream(
            // Not shared: an instance reports a replaced file only to its first caller.
            OvermindDatabase.In(services.GetRequiredService<ProjectFolder>()),
            filter, services.GetRequiredService<SystemFeed>(), services.GetRequiredService<ChangeBroadcaster>(),
            new EventWriter(
                context.Response.BodyWriter, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions,
                options.StreamHeartbeat, options.StreamPatience, end.Token), end.Token);
        try
        {
            await stream.RunAsync(after);
        }
        catch (OperationCanceledException)
        {
            // the reader is gone, or the server ends
        }
        catch (ReaderStandsStillException)
        {
            // What is on its way still arrives if the reader goes on now; it comes back with the last id that it got.
            if (rate is not null) rate.MinDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(2));
        }
    }
}
