using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>What is stored, the limits of that, and what is deleted next.</summary>
internal static class RetentionRoutes
{
    public static void MapRetention(this RouteGroupBuilder api)
    {
        var retention = api.MapGroup("/retention").WithTags("Retention");
        retention.MapGet("", Read).WithSummary("Lines and bytes of each process, the limits, and what is deleted next")
            .WithDescription($"With lines ({LimitText.AcceptedLines}), days, size (500M, 2G) or crashes (90d, off): what these limits would delete; nothing is changed.").WithIntegers("lines", "days");
        retention.MapPut("", Change).WithSummary("Set the limits while the project runs: they win over options and the settings file, also after a restart")
            .WithDescription("A field that is missing or null is set back to what options and the settings file say; {} sets all back. The daemon follows within ten seconds.");
        retention.MapPost("/prune", PruneAsync).WithSummary("Delete what exceeds the limits at once");
    }

    private static Results<Ok<RetentionReport>, BadRequest<ApiError>, Conflict<ApiError>> Read(
        OvermindDatabase database, TimeProvider time, [FromQuery] string? lines = null, [FromQuery] string? days = null, [FromQuery] string? size = null, [FromQuery] string? crashes = null)
    {
        if (!TryRead(lines, days, size, crashes, out var limits, out var problem)) return TypedResults.BadRequest(new ApiError(problem));
        return Report(database, time, limits) is { } report ? TypedResults.Ok(report) : TooOld;
    }

    private static Results<Ok<RetentionReport>, BadRequest<ApiError>, Conflict<ApiError>> Change(
        RetentionBody? body, OvermindDatabase database, TimeProvider time)
    {
        if (!TryRead(Text(body?.Lines), Text(body?.Days), body?.Size, body?.Crashes, out var limits, out var problem)) return TypedResults.BadRequest(new ApiError(problem));
        return new RetentionSettings(database, time).Change(limits) && Report(database, time, new RetentionLimits()) is { } report ? TypedResults.Ok(report) : TooOld;
    }

    private static async Task<Results<Ok<CommandResponse>, JsonHttpResult<ApiError>>> PruneAsync(ProjectFolder folder, CancellationToken cancellationToken) =>
        await PruneRequest.SendAsync(folder, null, cancellationToken) switch
        {
            { Succeeded: true } done => TypedResults.Ok(new CommandResponse(true, done.Message)),
            var failed => TypedResults.Json(
                new ApiError(failed?.Message ?? "No daemon can be asked: none runs, or its socket cannot be reached"), statusCode: StatusCodes.Status503ServiceUnavailable),
        };

    private static RetentionReport? Report(OvermindDatabase database, TimeProvider time, RetentionLimits asked)
    {
        using var connection = database.OpenConnection();
        if (!connection.HasTable("retention")) return null;
        var limits = asked.Over(RetentionSettings.Read(connection));
        return RetentionReport.Of(limits, PruningPlan.Make(connection, limits.ToRetention(), time.GetUtcNow(), PruningPlan.Slack), time.LocalTimeZone);
    }

    private static Conflict<ApiError> TooOld => TypedResults.Conflict(new ApiError(OvermindDatabase.AfterRestart));

    private static string? Text<T>(T? number) where T : struct, IFormattable => number?.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static bool TryRead(string? lines, string? days, string? size, string? crashes, out RetentionLimits limits, out string problem)
    {
        problem = "";
        limits = new RetentionLimits
        {
            Lines = Limit<long>("lines", lines, LimitText.TryLines, LimitText.AcceptedLines, ref problem),
            Age = Limit<TimeSpan>("days", days, LimitText.TryDays, LimitText.AcceptedDays, ref problem),
            Size = Limit<long>("size", size, LimitText.TrySize, LimitText.AcceptedSize, ref problem),
            Crashes = Limit<TimeSpan>("crashes", crashes, LimitText.TryCrashes, LimitText.AcceptedCrashes, ref problem),
        };
        return problem.Length == 0;
    }

    private static Limit<T>? Limit<T>(string name, string? text, Parser<T> parse, string accepted, ref string problem)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (parse(text, out var value)) return new Limit<T>(value, "asked for");
        if (problem.Length == 0) problem = $"{name}: expected {accepted}";
        return null;
    }

    private delegate bool Parser<T>(string text, out T value);
}

/// <summary>Limits of the stored output; null for what options and the settings file say.</summary>
/// <param name="Lines">Lines of each process, 100 or more.</param>
/// <param name="Days">Days that lines are kept.</param>
/// <param name="Size">Of the database, such as 500M or 2G.</param>
/// <param name="Crashes">How long the output before crashes and around errors is kept, such as 90d or 12w; off for no longer than the rest.</param>
public sealed record RetentionBody(long? Lines = null, int? Days = null, string? Size = null, string? Crashes = null);
