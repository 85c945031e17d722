using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>The history as a file, streamed: it may be larger than memory.</summary>
internal static class ExportRoute
{
    private const int CharactersAtOnce = 256 * 1024;

    public static void MapExport(this RouteGroupBuilder api) => api.MapGet("/output/export", Export).WithTags("Output").WithSummary("The history as a file")
        .WithDescription(
            $"format is {LineExport.Accepted}. All lines that are stored at the start of the call and match, oldest first; after and before limit them to "
            + "ids between these two. The other parameters are those of /api/output and mean the same.")
        .Produces<string>(StatusCodes.Status200OK, "text/plain", "application/jsonl", "text/html").WithIntegers("before", "after").Produces<ApiError>(StatusCodes.Status404NotFound);

    private static Results<PushStreamHttpResult, BadRequest<ApiError>> Export(
        OutputQuery output, ProjectFolder folder, HttpContext http, [FromQuery] string? format = null, [FromQuery] string[]? process = null,
        [FromQuery] string? before = null, [FromQuery] string? after = null, [FromQuery] string? level = null, [AsParameters] SearchParameters search = default)
    {
        if (LineExport.Parse(format ?? "log") is not { } export) return Refused($"format: expected {LineExport.Accepted}");
        if (!QueryNumber.TryRead(before, out var beforeId)) return Refused("before: expected a whole number");
        if (!QueryNumber.TryRead(after, out var afterId)) return Refused("after: expected a whole number");
        var lines = output.ReadAll(search.Selection(process, level), afterId ?? 0, beforeId ?? long.MaxValue);
        return TypedResults.Stream(
            stream => WriteAsync(stream, lines, export, folder.Name, http.RequestAborted),
            export.ContentType, string.Create(CultureInfo.InvariantCulture, $"{folder.Name}-{DateTime.Now:yyyyMMdd-HHmmss}.{export.Extension}"));
    }

    private static async Task WriteAsync(Stream stream, IEnumerable<OutputLine> lines, LineExport export, string title, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        var text = new StringBuilder();
        export.Begin(text, title);
        foreach (var line in lines)
        {
            export.Append(text, line);
            if (text.Length < CharactersAtOnce) continue;
            await writer.WriteAsync(text, cancellationToken);
            text.Clear();
        }

        export.End(text);
        await writer.WriteAsync(text, cancellationToken);
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}
