using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Output;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Api;

namespace OvermindGui.Web.HubView;

/// <summary>The API over a hub: lines over time, errors, failures, runs, resources, and the history as a file.</summary>
internal static class HubHistoryRoutes
{
    private const int DefaultBars = 120;
    private const int MostRuns = 500;
    private const int MostPoints = 5_000;
    private const int LinesAtOnce = 1_000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapHubHistory(this RouteGroupBuilder api)
    {
        api.MapGet("/timeline", ReadTimelineAsync).WithTags("Output").WithSummary("Lines of many projects over time, by level, with starts, ends and failures").WithIntegers("bars");
        api.MapGet("/errors", ReadErrorsAsync).WithTags("Output").WithSummary("Errors of many projects, grouped; the group with the newest line is first")
            .WithDescription("origin says where a group is of. new=true leaves out what an earlier run of the process had.").WithIntegers("limit");
        api.MapGet("/failure-hits", ReadFailuresAsync).WithTags("Output").WithSummary("The newest lines that matched failure declarations").WithIntegers("limit");
        api.MapGet("/output/export", ExportAsync).WithTags("Output").WithSummary("The history of many projects as a file, oldest first")
            .WithDescription($"format is {LineExport.Accepted}. The other parameters are those of /api/output and mean the same.")
            .Produces<string>(StatusCodes.Status200OK, "text/plain", "application/jsonl", "text/html");
        api.MapGet("/projects/{project:int}/process/{name}/runs", ReadRunsAsync).WithTags("Runs").WithSummary("The newest runs of a process, newest first").WithIntegers("limit");
        api.MapGet("/projects/{project:int}/process/{name}/resources", ReadResourcesAsync).WithTags("Processes").WithSummary("CPU, memory, files and disk of a process, of the last hour unless since and until say otherwise")
            .WithIntegers("points");
    }

    private static async Task<Ok<TimelineResponse>> ReadTimelineAsync(
        [AsParameters] HubQuery query, HubTimeline timeline, TimeProvider time, CancellationToken cancellationToken, [FromQuery] string? bars = null)
    {
        var filter = query.Filter(time);
        var most = Number("bars", bars, DefaultBars, 2, Timeline.MostBars);
        if (filter.Since >= filter.Until) throw new HubRequestException("until: is not after since");
        return TypedResults.Ok(TimelineResponse.From(await timeline.ReadAsync(filter, filter.Since, filter.Until, most, cancellationToken)));
    }

    private static async Task<Ok<ErrorsReport>> ReadErrorsAsync(
        [AsParameters] HubQuery query, HubErrorGroups errors, TimeProvider time, CancellationToken cancellationToken, [FromQuery] bool @new = false) =>
        TypedResults.Ok(await errors.ReadAsync(query.Filter(time), @new, Number("limit", query.Limit, ErrorsRequest.DefaultLimit, 1, ErrorsRequest.MostLimit), cancellationToken));

    private static async Task<Ok<HubFailuresResponse>> ReadFailuresAsync([AsParameters] HubQuery query, HubHistory history, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(new HubFailuresResponse([.. (await history.FailuresAsync(query.Filter(time), query.Count(100), cancellationToken)).Select(HubFailureResponse.From)]));

    private static async Task<Ok<HubRunsResponse>> ReadRunsAsync(int project, string name, HubHistory history, CancellationToken cancellationToken, [FromQuery] string? limit = null) =>
        TypedResults.Ok(new HubRunsResponse(name, [.. (await history.RunsAsync(project, name, Number("limit", limit, 50, 1, MostRuns), cancellationToken)).Select(run => RunResponse.From(run, null))]));

    private static async Task<Ok<ResourcesResponse>> ReadResourcesAsync(
        int project, string name, [AsParameters] HubQuery query, HubHistory history, TimeProvider time, CancellationToken cancellationToken, [FromQuery] string? points = null)
    {
        var (filter, now) = (query.Filter(time), time.GetUtcNow());
        var (from, to) = (filter.Since is { } since ? LineTime.Of(since) : now.AddHours(-1), filter.Until is { } until ? LineTime.Of(until) : now);
        var samples = await history.ResourcesAsync(project, name, from, to, Number("points", points, 300, 1, MostPoints), cancellationToken);
        var isRecent = samples is [.., var last] && now - last.Time < TimeSpan.FromSeconds(90);
        return TypedResults.Ok(new ResourcesResponse(name, isRecent ? ResourceResponse.From(samples[^1]) : null, [.. samples.Select(ResourceResponse.From)]));
    }

    // The first page comes before the answer begins, so that what is wrong is still said by its status.
    private static async Task<PushStreamHttpResult> ExportAsync([AsParameters] HubQuery query, HubLog log, TimeProvider time, HttpContext http, [FromQuery] string? format = null)
    {
        var export = LineExport.Parse(format ?? "log") ?? throw new HubRequestException($"format: expected {LineExport.Accepted}");
        var (filter, cancellationToken) = (query.Filter(time), http.RequestAborted);
        var first = await log.AfterAsync(filter, new HubPosition(filter.Since ?? await log.OldestAsync(cancellationToken), 0, 0), LinesAtOnce, cancellationToken);
        return TypedResults.Stream(
            stream => WriteAsync(stream, log, filter, first, export, cancellationToken), export.ContentType,
            string.Create(CultureInfo.InvariantCulture, $"hub-{time.GetLocalNow():yyyyMMdd-HHmmss}.{export.Extension}"));
    }

    private static async Task WriteAsync(Stream stream, HubLog log, HubLineFilter filter, HubLinesAfter page, LineExport export, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        var text = new StringBuilder();
        export.Begin(text, "hub");
        while (true)
        {
            foreach (var line in page.Lines)
                if (export.Format == ExportFormat.Jsonl) text.Append(JsonSerializer.Serialize(HubLineResponse.From(line), Json)).Append('\n');
                else export.Append(text, line.Line with { Process = $"{line.Host}/{line.Project} {line.Line.Process}" });
            if (page.Next is not { } next) break;
            await writer.WriteAsync(text, cancellationToken);
            text.Clear();
            page = await log.AfterAsync(filter, next, LinesAtOnce, cancellationToken);
        }

        export.End(text);
        await writer.WriteAsync(text, cancellationToken);
    }

    private static int Number(string name, string? text, int whenMissing, int least, int most) =>
        QueryNumber.TryRead(text, out var number) && (number is null || (number >= least && number <= most)) ? (int)(number ?? whenMissing)
            : throw new HubRequestException(string.Create(CultureInfo.InvariantCulture, $"{name}: expected a whole number from {least} to {most}"));
}

/// <summary>Lines that matched failure declarations, newest first.</summary>
public sealed record HubFailuresResponse(IReadOnlyList<HubFailureResponse> Hits);

/// <summary>A line that matched.</summary>
/// <param name="LineId">Null when unknown.</param>
/// <param name="Time">Epoch seconds.</param>
/// <param name="Outcome">Readable text: what happened as a result.</param>
public sealed record HubFailureResponse(
    ProjectOrigin? Origin, string Process, long RunId, long? LineId, string Pattern, string Text, double Time, string Action, string Outcome)
{
    internal static HubFailureResponse From(FailureHitInfo hit) =>
        new(hit.Origin, hit.Process, hit.Run, hit.Line, hit.Pattern, hit.Text, hit.Time.ToUnixSeconds(), hit.Action.ToText(), hit.Outcome);
}

/// <summary>The newest runs of a process, newest first.</summary>
public sealed record HubRunsResponse(string Process, IReadOnlyList<RunResponse> Runs);
