using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Returns the lines since the last poll, page by page: the next poll continues after the last line of this one.</summary>
internal static class PollRoute
{
    /// <summary>Number of lines of each process in a first poll.</summary>
    public const int FirstLines = 100;

    /// <summary>Lines in an answer.</summary>
    public const int PageSize = 1_000;

    /// <summary>Characters in the lines of an answer: lines may be long.</summary>
    public const int PageCharacters = 4 * 1024 * 1024;

    public static void MapPoll(this RouteGroupBuilder api) => api.MapGet("/poll", Poll).WithTags("Output").WithSummary("New lines since an id, and all states")
        .WithIntegers("last_message_id");

    private static Results<Ok<PollResponse>, BadRequest<ApiError>> Poll(
        ProcessReader processes, OvermindDatabase database, OutputQuery output, CancellationToken cancellationToken, [FromQuery(Name = "last_message_id")] string? after = null)
    {
        if (!QueryNumber.TryRead(after, out var id)) return TypedResults.BadRequest(new ApiError("Invalid last_message_id - must be integer"));
        if (id < 0) return TypedResults.BadRequest(new ApiError("last_message_id must be >= 0"));
        var lines = id is null or 0 ? Newest(database) : output.Read(new OutputRequest(new LineSelection(), After: id, Limit: PageSize), cancellationToken).Lines;
        var now = processes.Read();
        return TypedResults.Ok(new PollResponse(
            [.. lines.Select(OutputLineResponse.From)], now.Stats(), now.Statuses(), lines.Count > 0 ? lines[^1].Id : id ?? 0));
    }

    /// <summary>The lines of a first poll.</summary>
    public static IReadOnlyList<OutputLine> Newest(OvermindDatabase database)
    {
        var history = new OutputHistory(database);
        return history.NewestOfEach(FirstLines, history.LastId(), PageCharacters);
    }
}

/// <summary>What came.</summary>
/// <param name="OutputLines">In id order.</param>
/// <param name="StatusUpdates">Every process and its status.</param>
/// <param name="LastId">What to ask with next: the last line here, or what was asked with when there is none.</param>
public sealed record PollResponse(
    IReadOnlyList<OutputLineResponse> OutputLines, Stats Stats, IReadOnlyDictionary<string, string> StatusUpdates, long LastId);
