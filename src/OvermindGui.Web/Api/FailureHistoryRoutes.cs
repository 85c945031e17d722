using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>What matched, and what would have matched.</summary>
internal static class FailureHistoryRoutes
{
    private const int MostHits = 100;

    public static void MapFailureHistory(this RouteGroupBuilder api)
    {
        var declarations = api.MapGroup("/failure-declarations/{process}");
        declarations.MapGet("/hits", Hits).WithSummary($"The newest {MostHits} lines that matched, newest first");
        declarations.MapGet("/preview", Preview).WithSummary("How often a declaration would have matched in the stored output");
    }

    private static Results<Ok<HitsResponse>, NotFound<ApiError>> Hits(string process, OvermindDatabase database, FailureHistory history) =>
        KnownNames.ProblemOf(database, process) is { } problem
            ? TypedResults.NotFound(new ApiError(problem))
            : TypedResults.Ok(new HitsResponse(process, [.. history.Newest(process, MostHits).Select(FailureHitResponse.From)]));

    private static Results<Ok<PreviewResponse>, BadRequest<ApiError>, NotFound<ApiError>> Preview(
        string process, OvermindDatabase database, FailurePreview preview, CancellationToken cancellationToken, string? pattern = null,
        string? regex = null)
    {
        if (KnownNames.ProblemOf(database, process) is { } unknown) return TypedResults.NotFound(new ApiError(unknown));
        if (pattern is null) return Refused("Missing pattern in the query");
        if (regex?.ToUpperInvariant() is not (null or "" or "0" or "1" or "FALSE" or "TRUE")) return Refused("regex: expected true or false");
        var declaration = new FailureDeclaration(pattern, IsRegex: regex?.ToUpperInvariant() is "1" or "TRUE");
        return declaration.FindProblem() is { } problem
            ? Refused($"pattern: {problem}")
            : TypedResults.Ok(PreviewResponse.From(process, declaration, preview.Run(process, declaration, FailurePreview.Limit, cancellationToken)));
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}

/// <summary>The newest hits of a process, newest first.</summary>
public sealed record HitsResponse(string Process, IReadOnlyList<FailureHitResponse> Hits);

/// <summary>A line that matched.</summary>
/// <param name="LineId">Null when unknown.</param>
/// <param name="Time">Epoch seconds.</param>
/// <param name="Outcome">Readable text: what happened as a result.</param>
public sealed record FailureHitResponse(long Id, long RunId, long? LineId, string Pattern, string Text, double Time, string Action, string Outcome)
{
    internal static FailureHitResponse From(FailureHitInfo hit) => new(
        hit.Id, hit.Run, hit.Line, hit.Pattern, hit.Text, hit.Time.ToUnixSeconds(), hit.Action.ToText(), hit.Outcome);
}

/// <summary>How often a declaration would have matched.</summary>
/// <param name="Matches">Number of searched lines that match.</param>
/// <param name="Looked">Number of searched lines, newest first.</param>
/// <param name="Complete">False when older lines were not searched.</param>
/// <param name="StoppedBecause">Readable reason why older lines were not searched; null when all were.</param>
/// <param name="Examples">The newest matching lines, newest first.</param>
public sealed record PreviewResponse(
    string Process, string Pattern, bool Regex, long Matches, long Looked, bool Complete, string? StoppedBecause,
    IReadOnlyList<PreviewLineResponse> Examples)
{
    internal static PreviewResponse From(string process, FailureDeclaration declaration, FailurePreviewResult result) => new(
        process, declaration.Pattern, declaration.IsRegex, result.Matches, result.Looked, result.StoppedBecause is null, result.StoppedBecause,
        [.. result.Newest.Select(line => new PreviewLineResponse(line.Id, line.Time.ToUnixSeconds(), line.Text))]);
}

/// <summary>A stored line that would have been a hit.</summary>
/// <param name="Time">Epoch seconds.</param>
public sealed record PreviewLineResponse(long Id, double Time, string Text);
