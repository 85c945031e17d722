using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Alerts;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Project.Settings;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;
using OvermindGui.Web.Live;
using OvermindGui.Web.Security;
using EditResults = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<OvermindGui.Web.Api.CommandResponse>,
    Microsoft.AspNetCore.Http.HttpResults.BadRequest<OvermindGui.Web.Http.ApiError>,
    Microsoft.AspNetCore.Http.HttpResults.NotFound<OvermindGui.Web.Http.ApiError>,
    Microsoft.AspNetCore.Http.HttpResults.Conflict<OvermindGui.Web.Http.ApiError>,
    Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<OvermindGui.Web.Http.ApiError>>;

namespace OvermindGui.Web.Api;

/// <summary>The alerts of the settings file, what has fired, tests and mutes.</summary>
internal static class AlertRoutes
{
    private const int MostHits = 100;
    private const string Body = "The body has the keys of the settings file: {\"name\":\"api is down\",\"when\":\"fails\",\"processes\":[\"api\"],\"actions\":[\"mark\"]}. A command or "
        + "a webhook needs the token or, without one, a connection of the same user from this machine.";

    public static void MapAlerts(this RouteGroupBuilder api)
    {
        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("", ReadAll).WithSummary($"The alerts, which are muted, and the newest {MostHits} times that one fired, newest first");
        alerts.MapPost("/add", AddAsync).WithSummary("Add an alert to the settings file").WithDescription(Body);
        alerts.MapPost("/{name}/change", ChangeAsync).WithSummary("Change an alert of the settings file: the body is all of it").WithDescription(Body);
        alerts.MapPost("/{name}/remove", RemoveAsync).WithSummary("Remove an alert from the settings file");
        alerts.MapPost("/{name}/test", TestAsync).WithSummary("Carry out the actions of an alert once, except those that restart or stop processes");
        alerts.MapPost("/{name}/mute", MuteAsync).WithSummary("Mute an alert for some minutes (60 unless said); 0 ends that");
    }

    private static Ok<AlertsResponse> ReadAll(OvermindDatabase database, PlanReader plans, TimeProvider time)
    {
        var history = new AlertHistory(database);
        var muted = history.Muted(time.GetUtcNow());
        return TypedResults.Ok(new AlertsResponse(
            [.. plans.Read().Alerts.Select(rule => AlertResponse.From(rule, muted.TryGetValue(rule.Name, out var until) ? until : null))],
            [.. history.Newest(null, MostHits).Select(AlertHitResponse.From)]));
    }

    private static Task<EditResults> AddAsync(HttpContext context, JsonElement body, AlertsFile file, TrustedCaller trust, CancellationToken cancellationToken) =>
        EditAsync(context, body, null, trust, "Added", draft => file.AddAsync(draft, cancellationToken));

    private static async Task<EditResults> ChangeAsync(
        HttpContext context, string name, JsonElement body, AlertsFile file, PlanReader plans, TrustedCaller trust, CancellationToken cancellationToken) =>
        Find(name, plans, out var unknown) is { } former
            ? await EditAsync(context, body, former, trust, "Changed", draft => file.ChangeAsync(former, draft, cancellationToken))
            : TypedResults.NotFound(new ApiError(unknown));

    private static async Task<EditResults> RemoveAsync(string name, AlertsFile file, PlanReader plans, CancellationToken cancellationToken) =>
        Find(name, plans, out var unknown) is { } former
            ? await WriteAsync("Removed", name, () => file.RemoveAsync(former, cancellationToken))
            : TypedResults.NotFound(new ApiError(unknown));

    private static async Task<EditResults> EditAsync(HttpContext context, JsonElement body, AlertDraft? former, TrustedCaller trust, string done, Func<AlertDraft, Task> edit)
    {
        AlertRule rule;
        try
        {
            rule = AlertsFile.Parse(body.GetRawText().ReplaceLineEndings(" "));
        }
        catch (AlertsFileException e)
        {
            return TypedResults.BadRequest(new ApiError(e.Message));
        }

        var draft = AlertDraft.Of(rule);
        if (draft.ReachesOut(former) && !trust.Is(context))
            return TypedResults.Json(new ApiError($"A command or a webhook needs {TrustedCaller.Needed}"), statusCode: StatusCodes.Status403Forbidden);
        return await WriteAsync(done, rule.Name, () => edit(draft));
    }

    private static async Task<EditResults> WriteAsync(string done, string name, Func<Task> write)
    {
        try
        {
            await write();
            return TypedResults.Ok(new CommandResponse(true, $"{done} the alert {name}"));
        }
        catch (AlertsFileException e)
        {
            return TypedResults.Conflict(new ApiError(e.Message));
        }
    }

    /// <param name="unknown">What to say where there is none of that name.</param>
    private static AlertDraft? Find(string name, PlanReader plans, out string unknown)
    {
        var alerts = plans.Read().Alerts;
        unknown = AlertsFile.Unknown(name, alerts);
        return alerts.FirstOrDefault(r => r.Name == name) is { } rule ? AlertDraft.Of(rule) : null;
    }

    private static async Task<Results<Ok<CommandResponse>, NotFound<ApiError>, JsonHttpResult<ApiError>>> TestAsync(
        string name, PlanReader plans, ProjectFolder folder, CancellationToken cancellationToken) =>
        Problem(name, plans) is { } unknown
            ? TypedResults.NotFound(new ApiError(unknown))
            : Answer(await AlertRequest.TestAsync(folder, name, cancellationToken));

    private static async Task<Results<Ok<CommandResponse>, BadRequest<ApiError>, NotFound<ApiError>, JsonHttpResult<ApiError>>> MuteAsync(
        string name, PlanReader plans, ProjectFolder folder, CancellationToken cancellationToken, string? minutes = null)
    {
        if (Problem(name, plans) is { } unknown) return TypedResults.NotFound(new ApiError(unknown));
        if (!QueryNumber.TryRead(minutes, out var asked) || asked is < 0 or > AlertRequest.MostMinutes)
            return TypedResults.BadRequest(new ApiError($"minutes: expected a whole number from 0 to {AlertRequest.MostMinutes}"));
        var outcome = await AlertRequest.MuteAsync(folder, name, (int)(asked ?? 60), cancellationToken);
        return outcome.Succeeded ? TypedResults.Ok(new CommandResponse(true, outcome.Message)) : Unavailable(outcome.Message);
    }

    private static Results<Ok<CommandResponse>, NotFound<ApiError>, JsonHttpResult<ApiError>> Answer(Core.Control.CommandOutcome outcome) =>
        outcome.Succeeded ? TypedResults.Ok(new CommandResponse(true, outcome.Message)) : Unavailable(outcome.Message);

    private static JsonHttpResult<ApiError> Unavailable(string message) =>
        TypedResults.Json(new ApiError(message), statusCode: StatusCodes.Status503ServiceUnavailable);

    private static string? Problem(string name, PlanReader plans) => Find(name, plans, out var unknown) is null ? unknown : null;
}

/// <summary>The alerts and what has fired.</summary>
public sealed record AlertsResponse(IReadOnlyList<AlertResponse> Alerts, IReadOnlyList<AlertHitResponse> Hits);

/// <summary>An alert of the settings file.</summary>
/// <param name="Condition">Readable text.</param>
/// <param name="Processes">Names in the Procfile; with groups both empty for all.</param>
/// <param name="Actions">Readable texts, without the values of variables.</param>
/// <param name="Cooldown">Seconds.</param>
/// <param name="Line">Where it is in overmind-gui.yaml.</param>
/// <param name="MutedUntil">Epoch seconds; null when it is not muted.</param>
public sealed record AlertResponse(
    string Name, string Condition, IReadOnlyList<string> Processes, IReadOnlyList<string> Groups, IReadOnlyList<string> Actions, double Debounce, double Cooldown,
    bool Resolved, int Line, double? MutedUntil)
{
    internal static AlertResponse From(AlertRule rule, DateTimeOffset? mutedUntil) => new(
        rule.Name, rule.When.ToString()!, rule.Processes, rule.Groups, [.. rule.Actions.Select(a => a.Text)], rule.Debounce.TotalSeconds, rule.Cooldown.TotalSeconds,
        rule.NotifiesEnd, rule.Line, mutedUntil?.ToUnixSeconds());
}

/// <summary>An alert fired, or was tested.</summary>
/// <param name="Process">Null for a rule about no process.</param>
/// <param name="Time">Epoch seconds.</param>
/// <param name="Outcome">What its actions have done, one per line.</param>
/// <param name="ResolvedAt">When the condition ended, epoch seconds; null while it holds, and for those that do not end.</param>
public sealed record AlertHitResponse(
    long Id, string Alert, string? Process, long? RunId, double Time, string Message, string Outcome, double? ResolvedAt, bool Test)
{
    internal static AlertHitResponse From(AlertHitInfo hit) => new(
        hit.Id, hit.Rule, hit.Process, hit.Run, hit.Time.ToUnixSeconds(), hit.Message, hit.Outcome,
        hit.ResolvedAt?.ToUnixSeconds(), hit.IsTest);
}
