using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Errors that processes printed, grouped.</summary>
internal static class ErrorsRoute
{
    public static void MapErrors(this RouteGroupBuilder api) => api.MapGet("/errors", Read).WithTags("Output").WithSummary("Errors, grouped")
        .WithDescription(
            "Lines of level error and stack traces; those that differ only in numbers, ids, times, paths and quoted values are one group. The group with the newest line is first. process may be "
            + "repeated; since takes a span such as 10m, a time or a date; run is the id of one run; new=true leaves out what an earlier run of the process had; with a cursor only what came behind it.")
        .WithIntegers("run", "limit").Produces<ApiError>(StatusCodes.Status404NotFound);

    private static Results<Ok<ErrorsReport>, BadRequest<ApiError>> Read(
        ErrorsQuery errors, [FromQuery] string[]? process = null, [FromQuery] string? since = null, [FromQuery] string? run = null,
        [FromQuery] bool @new = false, [FromQuery] string? limit = null, [FromQuery] string? cursor = null)
    {
        if (!QueryNumber.TryRead(run, out var runId) || runId < 1) return Refused("run: expected a whole number from 1");
        if (!QueryNumber.TryRead(limit, out var count) || count is < 1 or > ErrorsRequest.MostLimit)
            return Refused($"limit: expected a whole number from 1 to {ErrorsRequest.MostLimit}");
        return TypedResults.Ok(errors.Read(new ErrorsRequest(
            KnownNames.NonEmpty(process), since, runId, @new, (int)(count ?? ErrorsRequest.DefaultLimit), cursor)));
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}
