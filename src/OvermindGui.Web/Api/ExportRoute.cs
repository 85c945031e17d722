using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>The history as a file, streamed: it may be larger than memory.</summary>
internal static class ExportRoute
{
    private const int LinesAtOnce = 1_000;

    public static void MapExport(this RouteGroupBuilder api) => api.MapGet("/output/export", Export).WithTags("Output").WithSummary("The history as a file")
        .WithDescription(
            $"format is {LineExport.Accepted}. All lines that are stored at the start of the call and match, oldest first; after and before limit them to "
            + "ids between these two. The other parameters are those of /api/output and mean the same.")
        .Produces<string>(StatusCodes.Status200OK, "text/plain", "application/jsonl", "text/html").WithIntegers("before", "after");

    private static Results<PushStreamHttpResult, BadRequest<ApiError>, NotFound<ApiError>> Export(
        OvermindDatabase database, ProjectFolder folder, TimeProvider time, HttpContext http, [FromQuery] string? format = null, [FromQuery] string[]? process = null,
        [FromQuery] string? before = null, [FromQuery] string? after = null, [FromQuery] string? level = null, [AsParameters] SearchParameters search = default)
    {
        if (LineExport.Parse(format ?? "log") is not { } export) return Refused($"format: expected {LineExport.Accepted}");
        if (!QueryNumber.TryRead(before, out var beforeId)) return Refused("before: expected a whole number");
        if (!QueryNumber.TryRead(after, out var afterId)) return Refused("after: expected a whole number");
        if (!LevelSet.TryParse(level, out var levels, out var unknownLevel)) return Refused($"level: {unknownLevel} is none; expected {LevelSet.Accepted}");
        var (processes, unknown) = KnownNames.FilterOf(database, process);
        if (processes is null) return TypedResults.NotFound(new ApiError(unknown));
        if (!SearchParameters.TryRead(search, time, out var texts, out var range, out var why)) return Refused(why);
        if (texts.Exists(text => text.CanTakeLong)) // it could break off in the middle of the file
            return Refused("regex: look-around, back references and very large repetitions are not supported in an export");
        var asked = new LineFilter(processes) { Levels = levels, Since = range.Since, Until = range.Until, Run = range.Run };
        var filter = texts.Aggregate(asked, (lines, text) => lines.With(text));
        return TypedResults.Stream(
            stream => WriteAsync(stream, new TextSearch(database), filter, afterId ?? 0, beforeId ?? long.MaxValue, export, folder.Name, http.RequestAborted),
            export.ContentType, string.Create(CultureInfo.InvariantCulture, $"{folder.Name}-{DateTime.Now:yyyyMMdd-HHmmss}.{export.Extension}"));
    }

    private static async Task WriteAsync(
        Stream stream, TextSearch search, LineFilter filter, long after, long before, LineExport export, string title, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true);
        var text = new StringBuilder();
        export.Begin(text, title);
        for (var isEnd = false; !isEnd;)
        {
            var page = search.After(after, filter, LinesAtOnce);
            foreach (var line in page.Found)
                if (line.Id < before) export.Append(text, line);
            (after, isEnd) = (page.Reached, page.IsEnd || page.Reached >= before);
            await writer.WriteAsync(text, cancellationToken);
            text.Clear();
        }

        export.End(text);
        await writer.WriteAsync(text, cancellationToken);
    }

    private static BadRequest<ApiError> Refused(string reason) => TypedResults.BadRequest(new ApiError(reason));
}
