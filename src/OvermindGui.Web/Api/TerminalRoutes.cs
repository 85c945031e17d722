using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Http;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.Api;

/// <summary>Typing into a process, once or at its terminal.</summary>
internal static class TerminalRoutes
{
    public static void MapTerminal(this RouteGroupBuilder api)
    {
        api.MapPost("/process/{name}/input", TypeAsync).WithTags("Processes")
            .WithSummary("Type a text, or press keys: {\"text\":\"yes\"}, {\"keys\":[\"ctrl+c\"]}")
            .WithDescription(
                "Enter follows the text unless enter is false. Keys come after the text: " + TerminalKeys.Known + ". It needs the token or, without "
                + "one, a connection of the same user from this machine; --no-input refuses it.");
        api.MapGet("/process/{name}/terminal", AttachAsync).WithTags("Processes")
            .WithSummary("The terminal of a process, as a WebSocket")
            .WithDescription(
                "Binary messages are bytes for the terminal, and what was typed. Text messages are JSON: {\"columns\":80,\"rows\":24} resizes; "
                + "the server sends \"screen\" (the size that the bytes behind it paint), \"viewers\", \"mode\" (read_only, reason) and \"end\". "
                + "read_only=true only looks; so does a client that may not type.")
            .WithIntegers("columns", "rows");
    }

    private static async Task<Results<Ok<CommandResponse>, BadRequest<CommandResponse>, NotFound<CommandResponse>, Conflict<CommandResponse>, JsonHttpResult<CommandResponse>>>
        TypeAsync(
            HttpContext context, string name, TypedInput? body, ProcessReader processes, CommandClient commands, TypingGuard guard, RefusalLog refusals,
            CancellationToken cancellationToken)
    {
        if (guard.Refusal(context) is { } refusal)
        {
            refusals.Add(context, "typing refused");
            return TypedResults.Json(CommandResponse.Failed(refusal), statusCode: StatusCodes.Status403Forbidden);
        }

        if (body is not { Text: not null } and not { Keys.Length: > 0 })
            return TypedResults.BadRequest(CommandResponse.Failed("Expected a text or keys, such as {\"text\":\"yes\"} or {\"keys\":[\"ctrl+c\"]}"));
        if (body.Keys?.FirstOrDefault(key => TerminalKeys.Sequence(key) is null) is { } unknown)
            return TypedResults.BadRequest(CommandResponse.Failed($"keys: there is no key \"{unknown}\" (known: {TerminalKeys.Known})"));
        var now = processes.Read();
        if (now.Problem(name) is { } problem) return TypedResults.NotFound(CommandResponse.Failed(problem));
        var outcome = await commands.For(context).TypeAsync(name, body.Characters, cancellationToken);
        if (outcome.Succeeded) return TypedResults.Ok(new CommandResponse(true, $"Typed into {name}"));
        return now.System.DaemonAlive
            ? TypedResults.Conflict(CommandResponse.Failed(outcome.Message))
            : TypedResults.Json(CommandResponse.Failed(outcome.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<EmptyHttpResult, BadRequest<ApiError>>> AttachAsync(
        HttpContext context, string name, ProjectFolder folder, TypingGuard guard, IHostApplicationLifetime lifetime,
        string? columns = null, string? rows = null, bool read_only = false)
    {
        if (!context.WebSockets.IsWebSocketRequest) return TypedResults.BadRequest(new ApiError("This route is a WebSocket"));
        TerminalSize? window = null;
        if (columns is not null || rows is not null)
        {
            if (!IsSize(columns, out var width) || !IsSize(rows, out var height))
                return TypedResults.BadRequest(new ApiError($"columns, rows: expected whole numbers from 1 to {TerminalSize.Largest}"));
            window = new TerminalSize(width, height);
        }

        var refusal = read_only ? "as asked for" : guard.Refusal(context);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        // A browser says from where it comes.
        var kind = context.Request.Headers.Origin.Count > 0 ? InitiatorKind.Page : InitiatorKind.Api;
        var request = new AttachRequest(name, new Initiator(kind, null), window, ReadOnly: refusal is not null);
        await new TerminalSocket(socket, folder, request, refusal).RunAsync(over.Token);
        return TypedResults.Empty;
    }

    private static bool IsSize(string? text, out int size) =>
        QueryNumber.TryRead(text, out var number) & (size = (int)Math.Clamp(number ?? 0, 0, int.MaxValue)) is >= 1 and <= TerminalSize.Largest;

    /// <summary>What is to be typed.</summary>
    /// <param name="Enter">False leaves out Enter behind the text.</param>
    /// <param name="Keys">Pressed behind the text.</param>
    public sealed record TypedInput(string? Text, bool? Enter, string[]? Keys)
    {
        internal string Characters => new StringBuilder(Text).Append(Text is not null && Enter != false ? "\r" : "")
            .AppendJoin("", (Keys ?? []).Select(TerminalKeys.Sequence)).ToString();
    }
}
