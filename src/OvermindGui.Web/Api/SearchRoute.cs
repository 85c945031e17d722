using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>A search with counts: how many lines match in which processes, also in those that were not asked for.</summary>
internal static class SearchRoute
{
    public static void MapSearch(this RouteGroupBuilder api) => api.MapGet("/search", Find).WithTags("Output").WithSummary("A search with counts per process")
        .WithDescription(
            "q is a text in any case, regex a .NET regular expression; the newest lines that match, newest first, and how many there are in each process. With process, others counts those of the "
            + "other processes. since and until take a span such as 10m, a time or a date; exclude leaves out lines with a text; run is the id of one run; context asks for so many lines of the same process around each match. complete is false when the time limit left older lines out.")
        .WithIntegers("limit", "run", "context").Produces<ApiError>(StatusCodes.Status404NotFound);

    private static Results<Ok<SearchReport>, BadRequest<ApiError>> Find(
        ProjectSession session, CancellationToken cancellationToken, [FromQuery] string? q = null, [FromQuery] string? regex = null, [FromQuery] string[]? process = null,
        [FromQuery] string? since = null, [FromQuery] string? until = null, [FromQuery] string? exclude = null, [FromQuery] string? limit = null,
        [FromQuery] string? run = null, [FromQuery] string? context = null, [FromQuery(Name = "count_only")] bool countOnly = false)
    {
        if (string.IsNullOrEmpty(q) == string.IsNullOrEmpty(regex)) return Refused("q: give either q, a text, or regex, an expression");
        if (!QueryNumber.TryRead(limit, out var count) || count is < 1 or > SearchQuery.MostLimit)
            return Refused($"limit: expected a whole number from 1 to {SearchQuery.MostLimit}");
        if (!QueryNumber.TryRead(run, out var runId) || runId < 1) return Refused("run: expected a whole number from 1");
        if (!QueryNumber.TryRead(context, out var around) || around is < 0 or > SearchQuery.MostContext)
            return Refused($"context: expected a whole number from 0 to {SearchQuery.MostContext}");
        var request = new SearchRequest(q, regex, KnownNames.NonEmpty(process), since, until, exclude, CountOnly: countOnly, Run: runId, Context: (int)(around ?? 0));
        return TypedResults.Ok(new SearchQuery(session).Find(count is null ? request : request with { Limit = (int)count }, cancellationToken));
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}
