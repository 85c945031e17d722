using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Web.Api;

/// <summary>Applies changes in the project's files, or describes what a reload would change.</summary>
internal static class ReloadRoute
{
    public static void MapReload(this RouteGroupBuilder api) => api.MapPost("/reload", ReloadAsync)
        .WithTags("Processes").WithSummary("Apply what was changed in the project's files; with dry_run only list it, with process only to these");

    private static async Task<Results<Ok<ReloadResponse>, BadRequest<ReloadResponse>, Conflict<ReloadResponse>, JsonHttpResult<ReloadResponse>>> ReloadAsync(
        HttpContext context, ReloadBody? body, CommandClient commands, ProcessReader processes, CancellationToken cancellationToken,
        [FromQuery(Name = "dry_run")] string? dryRun = null, [FromQuery(Name = "process")] string[]? process = null)
    {
        var asked = dryRun?.ToUpperInvariant();
        if (asked is not (null or "" or "0" or "1" or "FALSE" or "TRUE"))
            return TypedResults.BadRequest(ReloadResponse.Failed("dry_run: expected true or false"));
        var isDry = asked is "1" or "TRUE" || body?.DryRun == true;
        string[] only = [.. process ?? [], .. body?.Processes ?? []];
        if (only.Any(name => string.IsNullOrWhiteSpace(name) || name.Contains(',', StringComparison.Ordinal)))
            return TypedResults.BadRequest(ReloadResponse.Failed("process: expected the name of a process; repeat it for several"));
        var outcome = await commands.For(context).SendAsync(
            isDry ? CommandKind.PreviewReload : CommandKind.Reload, only.Length == 0 ? null : string.Join(',', only), CommandRoutes.Timeout, cancellationToken);
        if (outcome.Succeeded) return TypedResults.Ok(ReloadResponse.Of(outcome.Message, isDry));
        return processes.Read().System.DaemonAlive
            ? TypedResults.Conflict(ReloadResponse.Failed(outcome.Message))
            : TypedResults.Json(ReloadResponse.Failed(outcome.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>Options of a reload.</summary>
/// <param name="DryRun">Describe the changes without applying them.</param>
/// <param name="Processes">Names of the processes that follow the files; null or empty for all.</param>
public sealed record ReloadBody(bool? DryRun = null, IReadOnlyList<string>? Processes = null);

/// <summary>What a reload changed, or would change.</summary>
/// <param name="Message">What was done, or why not.</param>
/// <param name="Changes">A line a process: "+ web", "- worker", "~ api: command, port 5000 → 5100"; empty for none.</param>
public sealed record ReloadResponse(bool Success, string Message, IReadOnlyList<string> Changes)
{
    /// <summary>The message again, in the shape of all errors; only when it did not succeed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    internal static ReloadResponse Of(string outcome, bool isDry)
    {
        string[] changes = outcome == CommandOutcome.NothingChanged ? [] : outcome.Split('\n');
        return new ReloadResponse(true, changes.Length == 0 ? outcome : isDry ? "A reload would change this" : "Reloaded", changes);
    }

    internal static ReloadResponse Failed(string reason) => new(false, reason, []) { Error = reason };
}
