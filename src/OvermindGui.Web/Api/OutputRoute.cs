using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Pages of the history, of some processes, of lines that hold a text or match an expression.</summary>
internal static class OutputRoute
{
    private const int DefaultLimit = 500;
    private const int MaxLimit = 5_000;

    public static void MapOutput(this RouteGroupBuilder api) => api.MapGet("/output", Read).WithTags("Output").WithSummary("A page of the history")
        .WithDescription(
            "Without before and after: the newest lines. level takes one or more of error, warn, info, debug and none, with commas between. With before: the newest ones with lower ids. With after: the oldest ones with higher "
            + "ids. q holds a text, regex an expression; case says whether upper and lower case differ (by default in an expression alone), word=true asks for whole words, exclude (repeatable) leaves lines out, invert=true asks for the lines that do not match; since and until take "
            + "a span such as 10m, a time or a date; at, in the same forms, answers with the lines around that moment; run is the id of one run. A search through a long history may answer with few lines and has_more: go on with before=first_id or after=last_id.")
        .WithIntegers("before", "after", "limit");

    private static Results<Ok<OutputAnswer>, BadRequest<ApiError>, NotFound<ApiError>> Read(
        OvermindDatabase database, TimeProvider time, CancellationToken cancellationToken, [FromQuery] string[]? process = null,
        [FromQuery] string? before = null, [FromQuery] string? after = null, [FromQuery] string? limit = null,
        [FromQuery] string? level = null, [FromQuery] string? at = null, [AsParameters] SearchParameters search = default)
    {
        if (ProblemOf(("before", before, 1), ("after", after, 0), ("limit", limit, 1)) is { } problem) return Refused(problem);
        QueryNumber.TryRead(before, out var beforeId);
        QueryNumber.TryRead(after, out var afterId);
        QueryNumber.TryRead(limit, out var count);
        if (count > MaxLimit) return Refused($"limit: {MaxLimit} at most");
        var (filter, unknown) = KnownNames.FilterOf(database, process);
        if (filter is null) return TypedResults.NotFound(new ApiError(unknown));
        if (!LevelSet.TryParse(level, out var levels, out var word)) return Refused($"level: {word} is none; expected {LevelSet.Accepted}");
        if (!SearchParameters.TryRead(search, time, out var texts, out var range, out var why)) return Refused(why);
        if (!QueryTime.TryRead("at", at, time, out var moment, out var noMoment)) return Refused(noMoment);
        if (moment is not null && (beforeId ?? afterId) is not null) return Refused("at: cannot be combined with before or after");
        var asked = new LineFilter(filter) { Levels = levels, Since = range.Since, Until = range.Until, Run = range.Run };
        try
        {
            var found = new OutputSearch(database, texts.Aggregate(asked, (lines, text) => lines.With(text)), time);
            var most = (int)(count ?? DefaultLimit);
            var (page, atId) = moment is { } middle
                ? found.Around(middle, most, cancellationToken)
                : (found.Find(afterId ?? 0, beforeId ?? long.MaxValue, newestFirst: afterId is null, most, cancellationToken), null);
            return TypedResults.Ok(new OutputAnswer([.. page.Lines.Select(LineResponse.From)], page.FirstId, page.LastId, page.HasMore) { AtId = atId });
        }
        catch (RegexMatchTimeoutException)
        {
            return Refused("regex: takes more than a second on a line; without look-around and back references it would not");
        }
    }

    private static string? ProblemOf(params (string Name, string? Text, long Least)[] numbers)
    {
        foreach (var (name, text, least) in numbers)
            if (!QueryNumber.TryRead(text, out var number) || number < least)
                return $"{name}: expected a whole number from {least}";
        return null;
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}

/// <summary>A page of the history.</summary>
/// <param name="Lines">In id order.</param>
/// <param name="FirstId">Go on with before=first_id for older lines; null when there is nothing.</param>
/// <param name="LastId">Go on with after=last_id for newer lines; null when there is nothing.</param>
/// <param name="HasMore">Whether there are, or may be, more in the direction asked for.</param>
public sealed record OutputAnswer(IReadOnlyList<LineResponse> Lines, long? FirstId, long? LastId, bool HasMore)
{
    /// <summary>Of the first line at or after the moment asked for by at; not there without at, or when all lines are older.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AtId { get; init; }
}
