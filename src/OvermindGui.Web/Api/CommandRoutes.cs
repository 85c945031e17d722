using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using CommandResults = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<OvermindGui.Web.Api.CommandResponse>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound<OvermindGui.Web.Api.CommandResponse>,
    Microsoft.AspNetCore.Http.HttpResults.Conflict<OvermindGui.Web.Api.CommandResponse>,
    Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<OvermindGui.Web.Api.CommandResponse>>;

namespace OvermindGui.Web.Api;

/// <summary>Start, stop, restart and kill of one process. They answer when it has been done.</summary>
internal static class CommandRoutes
{
    // A restart of a process that ignores SIGTERM takes seven seconds, and others may be asked of it at the same time.
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static void MapCommands(this RouteGroupBuilder api)
    {
        foreach (var kind in new[] { CommandKind.Start, CommandKind.Stop, CommandKind.Restart, CommandKind.Kill })
            api.MapPost($"/process/{{name}}/{kind.ToText()}", HandlerOf(kind)).WithTags("Processes").WithSummary($"{kind} a process");
    }

    // When the client disconnects, only the wait ends; the command still runs.
    private static Func<HttpContext, string, ProcessReader, CommandClient, CancellationToken, Task<CommandResults>> HandlerOf(CommandKind kind) =>
        async (context, name, processes, commands, cancellationToken) =>
        {
            var now = processes.Read();
            if (now.Problem(name) is { } problem) return TypedResults.NotFound(CommandResponse.Failed(problem));
            var outcome = await commands.For(context).SendAsync(kind, name, Timeout, cancellationToken);
            if (outcome.Succeeded) return TypedResults.Ok(new CommandResponse(true, outcome.Message));
            return now.System.DaemonAlive
                ? TypedResults.Conflict(CommandResponse.Failed(outcome.Message))
                : TypedResults.Json(CommandResponse.Failed(outcome.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
        };
}

/// <summary>How a command ended.</summary>
/// <param name="Message">What was done, or why not.</param>
public sealed record CommandResponse(bool Success, string Message)
{
    /// <summary>The message again, in the shape of all errors; only when it did not succeed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    internal static CommandResponse Failed(string reason) => new(false, reason) { Error = reason };
}
