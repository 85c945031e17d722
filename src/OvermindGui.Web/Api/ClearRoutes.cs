using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Clears output, and takes that back.</summary>
internal static class ClearRoutes
{
    public static void MapClearing(this RouteGroupBuilder api)
    {
        api.MapPost("/output/clear", ClearAll).WithTags("Output").WithSummary("Clear all output");
        api.MapPost("/process/{name}/output/clear", ClearOne).WithTags("Output").WithSummary("Clear the output of a process");
        api.MapPost("/output/clear/undo", Undo).WithTags("Output").WithSummary("Take the last clearing back");
    }

    private static Ok<ClearResponse> ClearAll(OutputClearing clearing) => Answer("Output cleared", clearing.Clear(null));

    private static Results<Ok<ClearResponse>, NotFound<ApiError>> ClearOne(string name, OutputClearing clearing, OvermindDatabase database) =>
        KnownNames.ProblemOf(database, name) is { } problem
            ? TypedResults.NotFound(new ApiError(problem))
            : Answer($"Output of {name} cleared", clearing.Clear(name));

    private static Results<Ok<UndoResponse>, Conflict<ApiError>> Undo(OutputClearing clearing, OvermindDatabase database) =>
        clearing.Undo() is { } names
            ? TypedResults.Ok(new UndoResponse(true, "Output is back", names, new OutputHistory(database).LastId()))
            : TypedResults.Conflict(new ApiError(
                $"Nothing to undo: a clearing can be taken back for {OutputClearing.UndoTime.TotalSeconds:0} seconds"));

    private static Ok<ClearResponse> Answer(string message, ClearOutcome outcome) => TypedResults.Ok(new ClearResponse(
        true, message, outcome.LastId, outcome.UndoUntil?.ToUnixSeconds()));
}

/// <summary>The result of a clearing.</summary>
/// <param name="LatestMessageId">Id of the newest cleared line; later lines have higher ids.</param>
/// <param name="UndoUntil">Epoch seconds until which it can be undone; null when there was nothing to clear.</param>
public sealed record ClearResponse(bool Success, string Message, long LatestMessageId, double? UndoUntil);

/// <summary>What is back.</summary>
/// <param name="Processes">Names of those whose output is back.</param>
/// <param name="LatestMessageId">The newest line.</param>
public sealed record UndoResponse(bool Success, string Message, IReadOnlyList<string> Processes, long LatestMessageId);
