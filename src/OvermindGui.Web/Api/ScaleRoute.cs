using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Web.Api;

/// <summary>Other numbers of instances while the others run on.</summary>
internal static class ScaleRoute
{
    public static void MapScaling(this RouteGroupBuilder api) => api.MapPost("/scale", ScaleAsync)
        .WithTags("Processes").WithSummary("Set the number of instances of entries: {\"web\":3,\"worker\":0}");

    private static async Task<Results<Ok<CommandResponse>, BadRequest<CommandResponse>, NotFound<CommandResponse>, Conflict<CommandResponse>, JsonHttpResult<CommandResponse>>>
        ScaleAsync(HttpContext context, Dictionary<string, int>? body, ProcessReader processes, CommandClient commands, CancellationToken cancellationToken)
    {
        if (body is not { Count: > 0 })
            return TypedResults.BadRequest(CommandResponse.Failed("Expected entries and their numbers of instances, such as {\"web\":3}"));
        var system = processes.Read().System;
        var entries = system.Processes.Select(p => p.Entry).Distinct().ToList();
        if (body.Keys.FirstOrDefault(entry => !entries.Contains(entry)) is { } unknown)
            return TypedResults.NotFound(CommandResponse.Failed(UnknownProcessText.Of(unknown, entries)));
        if (body.FirstOrDefault(count => count.Value < 0) is { Key: { } entry })
            return TypedResults.BadRequest(CommandResponse.Failed($"{entry}: expected a number of instances, 0 or more"));

        var outcome = await commands.For(context).SendAsync(CommandKind.Scale, FormationOf(body), CommandRoutes.Timeout, cancellationToken);
        if (outcome.Succeeded) return TypedResults.Ok(new CommandResponse(true, outcome.Message));
        return system.DaemonAlive
            ? TypedResults.Conflict(CommandResponse.Failed(outcome.Message))
            : TypedResults.Json(CommandResponse.Failed(outcome.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static string FormationOf(Dictionary<string, int> counts) =>
        string.Join(',', counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.Value}")));
}
