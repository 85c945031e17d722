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

/// <summary>Runs of processes and sessions of the project; runs are pinned here.</summary>
internal static class RunRoutes
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 1_000;

    public static void MapRuns(this RouteGroupBuilder api)
    {
        api.MapGet("/runs", ReadAll).WithTags("Runs").WithSummary("The newest runs of all processes, and the sessions (lives of the daemon) they belong to")
            .WithDescription("Lines of a run: /output?run=ID. Lines of a session: /output?since=started_at&until=ended_at.").WithIntegers("limit");
        api.MapGet("/process/{name}/runs", ReadOne).WithTags("Runs").WithSummary("The newest runs of a process, newest first").WithIntegers("limit");
        api.MapGet("/process/{name}/runs/compare", Compare).WithTags("Runs").WithSummary("Two runs of a process side by side, by the time since their starts")
            .WithDescription("run and with take the id of a run, current or previous; without them the newest run is compared with the one before. Lines that differ only in numbers, times and ids are equal. "
                + "cut says that a run has more lines than were compared.").WithIntegers("limit").Produces<ApiError>(StatusCodes.Status404NotFound);
        api.MapPost("/runs/{id}/pin", (string id, RunHistory runs) => Pin(id, runs, pinned: true)).WithTags("Runs")
            .WithSummary("Keep the output of a run when older output is pruned, within the size limit");
        api.MapPost("/runs/{id}/unpin", (string id, RunHistory runs) => Pin(id, runs, pinned: false)).WithTags("Runs").WithSummary("Keep the output of a run no longer");
    }

    private static Results<Ok<RunsResponse>, BadRequest<ApiError>> ReadAll(RunHistory runs, [FromQuery] string? limit = null) =>
        TryLimit(limit, out var most)
            ? TypedResults.Ok(new RunsResponse([.. runs.Sessions(most).Select(SessionResponse.From)], Dicts(runs, runs.Newest(most))))
            : TypedResults.BadRequest(new ApiError(BadLimit));

    private static Results<Ok<ProcessRunsResponse>, BadRequest<ApiError>, NotFound<ApiError>> ReadOne(
        string name, RunHistory runs, OvermindDatabase database, [FromQuery] string? limit = null)
    {
        if (KnownNames.ProblemOf(database, name) is { } problem) return TypedResults.NotFound(new ApiError(problem));
        return TryLimit(limit, out var most)
            ? TypedResults.Ok(new ProcessRunsResponse(name, Dicts(runs, runs.Newest(name, most))))
            : TypedResults.BadRequest(new ApiError(BadLimit));
    }

    private static Results<Ok<ComparisonReport>, BadRequest<ApiError>> Compare(
        string name, CompareQuery comparison, [FromQuery] string? run = null, [FromQuery] string? with = null, [FromQuery] string? limit = null) =>
        QueryNumber.TryRead(limit, out var number) && number is null or (>= 1 and <= CompareRequest.MostLimit)
            ? TypedResults.Ok(comparison.Read(new CompareRequest(
                name, string.IsNullOrEmpty(run) ? null : run, string.IsNullOrEmpty(with) ? null : with, (int)(number ?? CompareRequest.MostLimit))))
            : TypedResults.BadRequest(new ApiError($"limit: expected a whole number from 1 to {CompareRequest.MostLimit}"));

    private static Results<Ok<RunResponse>, BadRequest<ApiError>, NotFound<ApiError>> Pin(string id, RunHistory runs, bool pinned)
    {
        if (!QueryNumber.TryRead(id, out var number) || number is not { } run) return TypedResults.BadRequest(new ApiError("id: expected the number of a run"));
        return runs.Pin(run, pinned)
            ? TypedResults.Ok(Dicts(runs, [runs.Find(run)!])[0])
            : TypedResults.NotFound(new ApiError($"There is no run {id}; GET /api/runs lists them"));
    }

    private static string BadLimit => $"limit: expected a whole number from 1 to {MostLimit}";

    private static bool TryLimit(string? text, out int limit)
    {
        var valid = QueryNumber.TryRead(text, out var number) && number is null or (>= 1 and <= MostLimit);
        limit = (int)(number ?? DefaultLimit);
        return valid;
    }

    // Only of pinned ones the lines are counted.
    private static List<RunResponse> Dicts(RunHistory history, IReadOnlyList<RunInfo> runs) =>
        [.. runs.Select(run => RunResponse.From(run, run.IsPinned ? history.LinesOf(run) : null))];
}

/// <summary>Sessions and runs, newest first.</summary>
public sealed record RunsResponse(IReadOnlyList<SessionResponse> Sessions, IReadOnlyList<RunResponse> Runs);

/// <summary>Runs of a process, newest first.</summary>
public sealed record ProcessRunsResponse(string Process, IReadOnlyList<RunResponse> Runs);

/// <summary>A life of the daemon.</summary>
/// <param name="EndedAt">Null while it runs, and when it was killed.</param>
/// <param name="EndReason">Readable text: why it ended by itself; null when it was asked to.</param>
/// <param name="Runs">Number of runs of processes.</param>
/// <param name="Crashes">How many of them ended with a code other than 0 or by a signal.</param>
public sealed record SessionResponse(long Id, string StartedAt, string? EndedAt, string Mode, string? EndReason, int Runs, int Crashes)
{
    internal static SessionResponse From(SessionInfo session) => new(
        session.Id, RunResponse.Text(session.StartedAt), session.EndedAt is { } ended ? RunResponse.Text(ended) : null, session.Mode, session.EndReason, session.Runs, session.Crashes);
}

/// <summary>A run of a process.</summary>
/// <param name="Id">As the lines name it.</param>
/// <param name="Number">1-based among the stored runs of the process.</param>
/// <param name="Session">The daemon that started it.</param>
/// <param name="EndedAt">Null while it is up.</param>
/// <param name="Duration">Seconds; null while it is up.</param>
/// <param name="ExitCode">128 + n after signal n; null while it is up, or when it is not known.</param>
/// <param name="Crashed">Whether it ended with a code other than 0, or by a signal that does not ask for an end.</param>
/// <param name="Cause">Why it was started: daemon start, start, restart, failure.</param>
/// <param name="StartedBy">Who started it; null when that was not recorded.</param>
/// <param name="Pinned">Whether its output is kept when older output is pruned.</param>
/// <param name="PinnedLines">How many lines the pin holds; null without one.</param>
public sealed record RunResponse(
    long Id, int Number, string Process, long Session, string StartedAt, string? EndedAt, double? Duration, int? ExitCode, bool Crashed, string Cause, string? StartedBy,
    bool Pinned, long? PinnedLines)
{
    internal static RunResponse From(RunInfo run, long? lines) => new(
        run.Id, run.Number, run.Process, run.Session, Text(run.StartedAt), run.EndedAt is { } ended ? Text(ended) : null,
        run.EndedAt is { } end ? Math.Round((end - run.StartedAt).TotalSeconds, 3) : null, run.Exit?.Code, run.HasCrashed, run.Cause, run.StartedBy, run.IsPinned, lines);

    internal static string Text(DateTimeOffset moment) => LineTime.TextOf(moment.ToUnixTimeMilliseconds());
}
