using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Application;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Http;

/// <summary>
/// Gives every error under <c>/api</c> the same shape, whether it comes from routing, body binding, SQLite or a bug. Also limits the
/// size of bodies. Handlers return their own errors as typed results and leave the rest to this middleware.
/// </summary>
internal sealed partial class ApiErrors(RequestDelegate next, RefusalLog refusals, ILogger<ApiErrors> logger)
{
    /// <summary>The largest body anything here needs is a failure declaration.</summary>
    public const int MaxBodySize = 64 * 1024;

    /// <summary>What to say about a larger one.</summary>
    public static string TooLarge { get; } = $"The body of a request may have {MaxBodySize} bytes at most";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsApi(context.Request))
        {
            await next(context);
            return;
        }

        try
        {
            BoundBody(context);
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null } response)
                await WriteAsync(context, response.StatusCode, ReasonOf(response));
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            // The others that are worth a line are logged where they are found.
            if (e.StatusCode == StatusCodes.Status415UnsupportedMediaType) refusals.Add(context, "body that is not said to be JSON");
            await WriteAsync(context, e.StatusCode, ReasonOf(e));
        }
        catch (SqliteException e) when (SqliteErrors.IsMissingTable(e) && !context.Response.HasStarted)
        {
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, OvermindDatabase.AfterRestart, "daemon_older");
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e) && !context.Response.HasStarted)
        {
            context.RequestServices.GetRequiredService<OvermindDatabase>().Damage.Report(e);
            await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"The database cannot be used now ({e.Message}); {SqliteErrors.WhatHelps}");
        }
        catch (RequestException e) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, StatusOf(e), e.Message, e.Code);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            logger.LogError(e, "{Route} failed", context.GetEndpoint()?.DisplayName);
            await WriteAsync(context, StatusCodes.Status500InternalServerError, "This failed for a reason of our own; the server's log has it");
        }
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static bool IsMcp(HttpRequest request) => request.Path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase);

    /// <summary>Answers with an error; nothing of an answer may have been sent yet.</summary>
    /// <param name="code">The reason in a word; null where there is none.</param>
    public static Task WriteAsync(HttpContext context, int status, string reason, string? code = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new ApiError(reason) { Code = code }, context.RequestAborted);
    }

    private static int StatusOf(RequestException e) => e.Code switch
    {
        RequestException.UnknownProcessCode => StatusCodes.Status404NotFound,
        RequestException.NotAllowedCode => StatusCodes.Status403Forbidden,
        RequestException.BusyCode => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    // Most routes read no body, so nothing else would reject an oversized body or a form posted by another site.
    private static void BoundBody(HttpContext context)
    {
        if (context.Request.ContentLength > MaxBodySize)
            throw new BadHttpRequestException("Too large", StatusCodes.Status413PayloadTooLarge);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } && !context.Request.HasJsonContentType())
            throw new BadHttpRequestException("Not JSON", StatusCodes.Status415UnsupportedMediaType);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBodySize;
    }

    private static string ReasonOf(HttpResponse response) => response.StatusCode switch
    {
        StatusCodes.Status404NotFound => "There is no such route; /api/docs lists those that there are",
        StatusCodes.Status405MethodNotAllowed => $"This route does not know that method; it knows {response.Headers.Allow}",
        StatusCodes.Status415UnsupportedMediaType => NotJson,
        var status => $"The request was refused with status {status}",
    };

    private static string ReasonOf(BadHttpRequestException e) => e switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => NotJson,
        { InnerException: JsonException { Path: { Length: > 1 } path } } => $"The body does not have the expected form at {path}",
        { InnerException: JsonException } => "The body is not the JSON that is expected here",
        _ when UnboundParameter().Match(e.Message) is { Success: true } wrong => ReasonOf(wrong.Groups),
        _ => e.Message,
    };

    private static string ReasonOf(GroupCollection wrong) =>
        $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(wrong["name"].Value)}: expected {(wrong["type"].Value.Contains("bool", StringComparison.Ordinal) ? "true or false" : "a whole number")}, found {wrong["value"].Value}";

    // The words of ASP.NET Core for a value of the query that has another type.
    [GeneratedRegex("""^Failed to bind parameter "(?<type>\S+) (?<name>\w+)" from "(?<value>.*)"\.$""", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex UnboundParameter();

    private const string NotJson = "The body must be JSON, with the header Content-Type: application/json";
}

internal static class ApiErrorsHost
{
    /// <summary>Stands before routing, so that it sees what routing refuses.</summary>
    public static void UseApiErrors(this WebApplication app) => app.UseMiddleware<ApiErrors>();
}
