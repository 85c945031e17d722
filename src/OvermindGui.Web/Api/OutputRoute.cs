using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Pages of the history, of some processes, of lines that hold a text or match an expression.</summary>
internal static class OutputRoute
{
    public static void MapOutput(this RouteGroupBuilder api) => api.MapGet("/output", Read).WithTags("Output").WithSummary("A page of the history")
        .WithDescription(
            "Without before and after: the newest lines. level takes one or more of error, warn, info, debug and none, with commas between. With before: the newest ones with lower ids. With after: the oldest ones with higher "
            + "ids. q holds a text, regex an expression; case says whether upper and lower case differ (by default in an expression alone), word=true asks for whole words, exclude (repeatable) leaves lines out, invert=true asks for the lines that do not match; since and until take "
            + "a span such as 10m, a time or a date; at, in the same forms, answers with the lines around that moment; run is the id of one run. A search through a long history may answer with few lines and has_more: go on with before=first_id or after=last_id.")
        .WithIntegers("before", "after", "limit").Produces<ApiError>(StatusCodes.Status404NotFound);

    private static Results<Ok<OutputResponse>, BadRequest<ApiError>> Read(
        OutputQuery output, CancellationToken cancellationToken, [FromQuery] string[]? process = null,
        [FromQuery] string? before = null, [FromQuery] string? after = null, [FromQuery] string? limit = null,
        [FromQuery] string? level = null, [FromQuery] string? at = null, [AsParameters] SearchParameters search = default)
    {
        if (!QueryNumber.TryRead(before, out var beforeId)) return Refused("before: expected a whole number from 1");
        if (!QueryNumber.TryRead(after, out var afterId)) return Refused("after: expected a whole number from 0");
        if (!QueryNumber.TryRead(limit, out var count)) return Refused($"limit: expected a whole number from 1 to {OutputRequest.MostLimit}");
        var request = new OutputRequest(search.Selection(process, level), beforeId, afterId, at, (int)Math.Clamp(count ?? OutputRequest.DefaultLimit, 0, int.MaxValue));
        var page = output.Read(request, cancellationToken);
        return TypedResults.Ok(new OutputResponse([.. page.Lines.Select(LineResponse.From)], page.FirstId, page.LastId, page.HasMore) { AtId = page.AtId });
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}

/// <summary>A page of the history.</summary>
/// <param name="Lines">In id order.</param>
/// <param name="FirstId">Go on with before=first_id for older lines; null when there is nothing.</param>
/// <param name="LastId">Go on with after=last_id for newer lines; null when there is nothing.</param>
/// <param name="HasMore">Whether there are, or may be, more in the direction asked for.</param>
public sealed record OutputResponse(IReadOnlyList<LineResponse> Lines, long? FirstId, long? LastId, bool HasMore)
{
    /// <summary>Of the first line at or after the moment asked for by at; not there without at, or when all lines are older.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AtId { get; init; }
}
