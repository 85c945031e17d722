using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Lines over time.</summary>
internal static class TimelineRoute
{
    private const int DefaultBars = 120;

    public static void MapTimeline(this RouteGroupBuilder api) => api.MapGet("/timeline", Read).WithTags("Output").WithSummary("Lines over time, by level, with starts, ends and failures")
        .WithDescription(
            "Of the named processes, or of all; since and until (10m, 14:30, yesterday 9:00, a date) are the whole history unless said. The range is divided into at most bars (120) spans of "
            + "step_seconds, which begin at multiples of their width; the narrowest span is 1 s within the last hour, 10 s within 12 hours, a minute within a week, 10 minutes before.")
        .WithIntegers("bars").Produces<ApiError>(StatusCodes.Status404NotFound);

    private static Results<Ok<TimelineResponse>, BadRequest<ApiError>> Read(
        ProjectSession session, OvermindDatabase database, TimeProvider time, [FromQuery] string[]? process = null, [FromQuery] string? since = null, [FromQuery] string? until = null,
        [FromQuery] string? bars = null)
    {
        if (!QueryNumber.TryRead(bars, out var most) || most is < 2 or > Timeline.MostBars) return Refused($"bars: expected a whole number from 2 to {Timeline.MostBars}");
        var (from, end) = (LineSelection.Moment(since, "since", time, isEnd: false), LineSelection.Moment(until, "until", time, isEnd: true));
        if (from >= end) return Refused("until: is not after since");
        var filter = session.OutputOf(KnownNames.NonEmpty(process));
        return TypedResults.Ok(TimelineResponse.From(new Timeline(database, time).Read(filter, from, end, (int)(most ?? DefaultBars))));
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}

/// <summary>Lines over time.</summary>
/// <param name="Since">Start of the first span.</param>
/// <param name="Until">End of the last span.</param>
/// <param name="StepSeconds">Width of each span.</param>
/// <param name="Spans">One after the other, also those without lines.</param>
/// <param name="Marks">Oldest first; of each kind the newest 500 in the range.</param>
/// <param name="CountedSince">Lines of before are not counted yet (an older version stored them); null when all are.</param>
public sealed record TimelineResponse(
    string Since, string Until, int StepSeconds, IReadOnlyList<TimelineSpan> Spans, IReadOnlyList<TimelineMarkResponse> Marks, string? CountedSince)
{
    internal static TimelineResponse From(TimelineReport report) => new(
        LineTime.TextOf(report.From), LineTime.TextOf(report.Until), report.Step, [.. report.Bars.Select(TimelineSpan.From)],
        [.. report.Marks.Select(TimelineMarkResponse.From)], report.CountedSince is { } since ? LineTime.TextOf(since) : null);
}

/// <summary>The number of lines of each level in a span.</summary>
/// <param name="Time">When it begins.</param>
/// <param name="None">Lines that name no level.</param>
public sealed record TimelineSpan(string Time, long Error, long Warn, long Info, long Debug, long None)
{
    internal static TimelineSpan From(TimelineBar bar) =>
        new(LineTime.TextOf(bar.Start), bar.Lines.Error, bar.Lines.Warn, bar.Lines.Info, bar.Lines.Debug, bar.Lines.None);
}

/// <summary>Something that happened.</summary>
/// <param name="Kind">start, exit (with code 0 or on request), crash or failure (a line that matched a declaration).</param>
/// <param name="Run">Id of the run.</param>
/// <param name="ExitCode">How the run ended, 128 + n after signal n; null for other kinds, or when it is not known.</param>
/// <param name="LineId">The line that matched; null for other kinds.</param>
public sealed record TimelineMarkResponse(string Kind, string Process, string Time, long Run, int? ExitCode, long? LineId)
{
    /// <summary>Where it happened, when it is one of many projects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectOrigin? Origin { get; init; }

    internal static TimelineMarkResponse From(TimelineMark mark) => new(
        mark.Kind.ToString().ToLowerInvariant(), mark.Process, LineTime.TextOf(mark.Time), mark.Run, mark.Exit?.Code, mark.Line)
    { Origin = mark.Origin };
}
