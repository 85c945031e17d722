using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Api;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.HubView;

/// <summary>The API over a hub: machines with their projects and processes, lines of all of them, commands.</summary>
internal static class HubRoutes
{
    private const int DefaultLimit = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public static void MapHubApi(this IEndpointRouteBuilder routes)
    {
        routes.MapApiDocument();
        var api = routes.MapGroup("/api").AddEndpointFilter(AnswerProblemsAsync);
        api.MapGet("/hosts", ReadHostsAsync).WithTags("State").WithSummary("The machines, their projects and processes")
            .Produces<ApiError>(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/output", ReadOutputAsync).WithTags("Output").WithSummary("A page of the history of many projects, in the order of time")
            .WithDescription(
                "The newest lines; with before, the newest ones before that place. host, project (a name or its number in the hub) and process may be repeated. q is a text in any case, regex a regular "
                + "expression of PostgreSQL; case distinguishes upper from lower case, word asks for whole words, exclude leaves out lines with a text, invert asks for the lines that do not match, "
                + "run is the id of a run of one project. since and until take a span such as 10m, a time or a date. Go on with before=… of the answer; complete is false when the time for one answer was over.")
            .WithIntegers("limit").Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ApiError>(StatusCodes.Status400BadRequest);
        api.MapGet("/search", SearchAsync).WithTags("Output").WithSummary("The newest lines of all machines that match, newest first").WithIntegers("limit")
            .Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ApiError>(StatusCodes.Status400BadRequest);
        api.MapGet("/tail", TailAsync).WithTags("Output").WithSummary("What is new since a cursor; waits for it")
            .WithDescription("Without after: no lines, but the cursor of now. wait is the number of seconds to wait for new lines, 20 unless said otherwise. Go on with after=… of the answer.")
            .WithIntegers("limit", "wait").Produces<ApiError>(StatusCodes.Status404NotFound).Produces<ApiError>(StatusCodes.Status400BadRequest);
        api.MapHubHistory();
        foreach (var kind in new[] { CommandKind.Start, CommandKind.Stop, CommandKind.Restart, CommandKind.Kill })
            api.MapPost($"/projects/{{project:int}}/process/{{name}}/{kind.ToText()}", CommandOf(kind)).WithTags("Processes").WithSummary($"{kind} a process of a project, by its number in the hub");
    }

    private static async Task<Ok<HostsResponse>> ReadHostsAsync(HubCatalog catalog, CancellationToken cancellationToken) =>
        TypedResults.Ok(new HostsResponse(await catalog.HostsAsync(cancellationToken)));

    private static async Task<Ok<HubOutputResponse>> ReadOutputAsync([AsParameters] HubQuery query, HubLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var page = await log.PageAsync(query.Filter(time), query.Place(), query.Count(DefaultLimit), cancellationToken);
        return TypedResults.Ok(new HubOutputResponse([.. page.Lines.Select(HubLineResponse.From)], page.Before?.ToString(), page.IsComplete));
    }

    private static async Task<Ok<HubOutputResponse>> SearchAsync([AsParameters] HubQuery query, HubLog log, TimeProvider time, CancellationToken cancellationToken)
    {
        var filter = query.Filter(time);
        if (!filter.Searches) throw new HubRequestException("q: give either q, a text, or regex, an expression");
        var page = await log.PageAsync(filter, query.Place(), query.Count(100), cancellationToken);
        return TypedResults.Ok(new HubOutputResponse([.. page.Lines.Reverse().Select(HubLineResponse.From)], page.Before?.ToString(), page.IsComplete));
    }

    private static async Task<Ok<HubTailResponse>> TailAsync(
        [AsParameters] HubQuery query, HubLog log, HubChanges changes, TimeProvider time, CancellationToken cancellationToken, [FromQuery] string? after = null, [FromQuery] string? wait = null)
    {
        var cursors = string.IsNullOrEmpty(after) ? null : HubCursors.Parse(after) ?? throw new HubRequestException("after: expected the next of an earlier answer");
        if (!QueryNumber.TryRead(wait, out var seconds) || seconds < 0) throw new HubRequestException("wait: expected a number of seconds");
        var (filter, limit, started) = (query.Filter(time), query.Count(DefaultLimit), time.GetTimestamp());
        var longest = TimeSpan.FromSeconds(Math.Min(seconds ?? 20, LongestWait.TotalSeconds));
        while (true)
        {
            var tail = await log.TailAsync(filter, cursors, limit, cancellationToken);
            if (cursors is null || tail.Lines.Count > 0 || time.GetElapsedTime(started) >= longest)
                return TypedResults.Ok(new HubTailResponse([.. tail.Lines.Select(HubLineResponse.From)], tail.Next.ToString()));
            cursors = tail.Next;
            await changes.NextAsync(cancellationToken);
        }
    }

    private static Func<int, string, HubCommands, CancellationToken, Task<Results<Ok<CommandResponse>, Conflict<CommandResponse>>>> CommandOf(CommandKind kind) =>
        async (project, name, commands, cancellationToken) =>
        {
            var outcome = await commands.SendAsync(project, kind, name, cancellationToken);
            return outcome.Succeeded ? TypedResults.Ok(new CommandResponse(true, outcome.Message)) : TypedResults.Conflict(CommandResponse.Failed(outcome.Message));
        };

    // What was asked for cannot be, or the hub cannot be asked.
    private static async ValueTask<object?> AnswerProblemsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (HubRequestException e)
        {
            return e.IsUnknown ? TypedResults.NotFound(new ApiError(e.Message)) : TypedResults.BadRequest(new ApiError(e.Message));
        }
        catch (Exception e) when (HubErrors.IsOfHub(e))
        {
            var hub = (HubDatabase)context.HttpContext.RequestServices.GetService(typeof(HubDatabase))!;
            return TypedResults.Json(new ApiError(HubErrors.Describe(e, hub.Address)), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>The machines.</summary>
public sealed record HostsResponse(IReadOnlyList<HubHost> Hosts);

/// <summary>A page of lines.</summary>
/// <param name="Before">Where the next page begins; null when there is none.</param>
/// <param name="Complete">False when the time for one answer was over before all was looked through.</param>
public sealed record HubOutputResponse(IReadOnlyList<HubLineResponse> Lines, string? Before, bool Complete);

/// <summary>New lines.</summary>
/// <param name="Next">Go on with after=next.</param>
public sealed record HubTailResponse(IReadOnlyList<HubLineResponse> Lines, string Next);

/// <summary>A line of some project.</summary>
/// <param name="ProjectId">The project's number in the hub.</param>
/// <param name="Id">Grows over the processes of one project.</param>
public sealed record HubLineResponse(
    string Host, string Project, int ProjectId, long Id, string Process, string Time, string Stream, long? Run, string Text, string Html, string Level, bool Continues)
{
    internal static HubLineResponse From(HubLine line)
    {
        var (id, process, time, stream, run, text, html, level, continues) = LineResponse.From(line.Line);
        return new HubLineResponse(line.Host, line.Project, line.ProjectId, id, process, time, stream, run, text, html, level, continues);
    }
}
