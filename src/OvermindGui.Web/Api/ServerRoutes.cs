using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;

namespace OvermindGui.Web.Api;

/// <summary>The ends of the dashboard: to come again, or with everything else.</summary>
internal static class ServerRoutes
{
    public static void MapServer(this RouteGroupBuilder api)
    {
        api.MapPost("/restart", Restart).WithTags("Server").WithSummary("Restart the dashboard; daemon and processes live on");
        api.MapPost("/shutdown", ShutDownAsync).WithTags("Server").WithSummary("End all processes, the daemon and the dashboard")
            .Produces<ShutdownResponse>(StatusCodes.Status500InternalServerError);
    }

    private static Ok<CommandResponse> Restart(HttpContext context, ExitControl exit)
    {
        EndAfterAnswer(context, exit, WebServerExit.RestartRequested);
        return TypedResults.Ok(new CommandResponse(true, "Server restart initiated"));
    }

    // Not bound to the request: a disconnecting client must not interrupt the shutdown halfway.
    private static async Task<Results<Ok<ShutdownResponse>, JsonHttpResult<ShutdownResponse>>> ShutDownAsync(
        HttpContext context, CommandClient commands, OvermindDatabase database, ExitControl exit)
    {
        var hadDaemon = DaemonLock.IsHeld(database.Folder);
        var outcome = hadDaemon ? await commands.For(context).QuitAsync(CancellationToken.None) : new CommandOutcome(true, "");
        IReadOnlyList<SurvivorResponse> survived = [.. StillThere(database)];
        if (!outcome.Succeeded || survived.Count > 0)
        {
            var reason = outcome.Succeeded ? "A daemon that was killed before has left processes behind" : outcome.Message;
            return TypedResults.Json(
                new ShutdownResponse(false, reason) { Error = reason, Survived = survived }, statusCode: StatusCodes.Status500InternalServerError);
        }

        EndAfterAnswer(context, exit, WebServerExit.ShutDown);
        return TypedResults.Ok(new ShutdownResponse(
            true, hadDaemon ? "All processes and the daemon have ended; the dashboard ends now" : "No daemon was running; the dashboard ends now"));
    }

    private static IEnumerable<SurvivorResponse> StillThere(OvermindDatabase database)
    {
        if (!DaemonLock.IsHeld(database.Folder)) return OrphanedProcesses.Find(database).Select(s => new SurvivorResponse("process", s.Name, s.Pid));
        var system = new SystemReader(database).Read();
        return system.Processes.Where(p => p.Pid is not null).Select(p => new SurvivorResponse("process", p.Name, p.Pid!.Value))
            .Append(new SurvivorResponse("daemon", "daemon", system.DaemonPid ?? 0));
    }

    private static void EndAfterAnswer(HttpContext context, ExitControl exit, WebServerExit reason) => context.Response.OnCompleted(() =>
    {
        exit.Request(reason);
        return Task.CompletedTask;
    });
}

/// <summary>How the shutdown went.</summary>
/// <param name="Success">Whether processes and daemon are gone, so that the dashboard follows. It stays when they are not.</param>
public sealed record ShutdownResponse(bool Success, string Message)
{
    /// <summary>The message again, in the shape of all errors; only without success.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>What is still there; only without success.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SurvivorResponse>? Survived { get; init; }
}

/// <summary>Something that a shutdown did not end.</summary>
/// <param name="Kind">process or daemon.</param>
public sealed record SurvivorResponse(string Kind, string Name, int Pid);
