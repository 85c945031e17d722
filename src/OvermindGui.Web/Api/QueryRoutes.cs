using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>
/// The questions of scripts and agents: wait, changes and explain. They are the queries of the command line and of the tools for agents, so
/// all answer the same.
/// </summary>
internal static class QueryRoutes
{
    public static void MapQueries(this RouteGroupBuilder api)
    {
        api.MapGet("/wait", WaitAsync).WithTags("Scripts and agents").WithSummary("Wait for a process: ready, exit, a line, a port, quiet or an error")
            .WithDescription(
                "for is ready (the default), exit, line, port, quiet or error. line needs pattern, a regular expression; port waits for this port, or any port of "
                + "the process; quiet waits until nothing has been printed for quiet_ms. With a cursor, lines behind it count too. fail_on (exit, crash_loop) ends "
                + "the waiting without success. Answers after 50 seconds at most: a timeout is an answer with result timeout, ask again with its cursor.")
            .WithIntegers("port", "quiet_ms").Refuses(404, 429);
        api.MapGet("/changes", Changes).WithTags("Scripts and agents").WithSummary("What happened since a cursor")
            .WithDescription("Starts, ends and who asked for them, changed files, and the number of lines per process. Without a cursor: the cursor to begin with.")
            .Refuses(400);
        api.MapGet("/explain", Explain).WithTags("Scripts and agents").WithSummary("How processes are to run and what is wrong, or who holds a port")
            .WithDescription("Command, folder, variables and where each is set, planned and listening ports; secret-looking values are never shown.")
            .WithIntegers("port").Refuses(404);
    }

    private static async Task<Results<Ok<WaitReport>, BadRequest<ApiError>>> WaitAsync(
        ProjectSession session, ParallelWaits waits, CancellationToken cancellationToken, [FromQuery] string[]? process = null,
        [FromQuery(Name = "for")] string? kind = null, [FromQuery] string? pattern = null, [FromQuery] string? port = null,
        [FromQuery(Name = "quiet_ms")] string? quiet = null, [FromQuery] string? cursor = null, [FromQuery(Name = "fail_on")] string[]? failOn = null,
        [FromQuery(Name = "timeout_s")] string? timeout = null)
    {
        if (ProblemOf(("port", port), ("quiet_ms", quiet)) is { } problem) return TypedResults.BadRequest(new ApiError(problem));
        var seconds = 45.0;
        if (!string.IsNullOrEmpty(timeout) && !double.TryParse(timeout, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds)) seconds = -1;
        using var turn = waits.Enter();
        var request = new WaitRequest(
            KnownNames.NonEmpty(process), string.IsNullOrEmpty(kind) ? "ready" : kind, pattern, Number(port), Number(quiet) ?? 1_000, cursor,
            KnownNames.NonEmpty(failOn) is { } words ? [.. words.SelectMany(w => w.Split(','))] : null, seconds);
        return TypedResults.Ok(await new WaitQuery(session).WaitAsync(request, WaitQuery.Longest, cancellationToken));
    }

    private static Ok<ChangesReport> Changes(ProjectSession session, [FromQuery] string? cursor = null) =>
        TypedResults.Ok(new ChangesQuery(session).Since(cursor));

    private static Results<Ok<ExplainReport>, BadRequest<ApiError>> Explain(
        ProjectSession session, [FromQuery] string[]? process = null, [FromQuery] string? port = null) => ProblemOf(("port", port)) is { } problem
        ? TypedResults.BadRequest(new ApiError(problem))
        : TypedResults.Ok(new ExplainQuery(session).Explain(KnownNames.NonEmpty(process), Number(port)));

    private static int? Number(string? text) => QueryNumber.TryRead(text, out var number) ? (int?)number : null;

    private static string? ProblemOf(params (string Name, string? Text)[] numbers)
    {
        foreach (var (name, text) in numbers)
            if (!QueryNumber.TryRead(text, out var number) || number is < 0 or > int.MaxValue)
                return $"{name}: expected a whole number from 0";
        return null;
    }

    // Reported by the application layer; ApiErrors turns its exceptions into these answers.
    private static void Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses) route.Produces<ApiError>(status);
    }
}
