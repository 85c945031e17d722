using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Output;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Starred lines.</summary>
internal static class BookmarkRoutes
{
    public static void MapBookmarks(this RouteGroupBuilder api)
    {
        api.MapGet("/bookmarks", (Bookmarks stars) => TypedResults.Ok(new BookmarksResponse([.. stars.Read().Select(BookmarkResponse.From)])))
            .WithTags("Bookmarks").WithSummary("Starred lines, newest first");
        api.MapPost("/bookmarks/add", Add).WithTags("Bookmarks").WithSummary("Star a line, or change the note of its star")
            .WithDescription($"The line and {ProtectedLines.Neighbours} lines of its process on each side are kept when older output is pruned, within the size limit.");
        api.MapPost("/bookmarks/remove", Remove).WithTags("Bookmarks").WithSummary("Remove the star of a line");
    }

    private static Results<Ok<BookmarksResponse>, BadRequest<ApiError>> Add(BookmarkBody? body, Bookmarks stars)
    {
        if (body?.LineId is not > 0) return TypedResults.BadRequest(new ApiError("line_id: expected the id of a line"));
        return stars.Add(body.LineId, body.Note ?? "") is { } problem
            ? TypedResults.BadRequest(new ApiError(problem.StartsWith("line ", StringComparison.Ordinal) ? $"line_id: {problem}" : problem))
            : TypedResults.Ok(new BookmarksResponse([.. stars.Read().Select(BookmarkResponse.From)]));
    }

    private static Results<Ok<BookmarksResponse>, BadRequest<ApiError>, NotFound<ApiError>> Remove(BookmarkBody? body, Bookmarks stars)
    {
        if (body?.LineId is not > 0) return TypedResults.BadRequest(new ApiError("line_id: expected the id of a line"));
        return stars.Remove(body.LineId)
            ? TypedResults.Ok(new BookmarksResponse([.. stars.Read().Select(BookmarkResponse.From)]))
            : TypedResults.NotFound(new ApiError($"Line {body.LineId} has no star"));
    }
}

/// <summary>A line to star.</summary>
/// <param name="Note">Up to 500 characters.</param>
public sealed record BookmarkBody(long LineId, string? Note = null);

/// <summary>Starred lines, newest first.</summary>
public sealed record BookmarksResponse(IReadOnlyList<BookmarkResponse> Bookmarks);

/// <summary>A starred line.</summary>
/// <param name="Time">Of the line.</param>
/// <param name="Text">Null when the line is no longer stored.</param>
public sealed record BookmarkResponse(long LineId, string Process, string Time, string Note, string? Text)
{
    internal static BookmarkResponse From(BookmarkInfo star) =>
        new(star.Line, star.Process, LineTime.TextOf(star.Time.ToUnixTimeMilliseconds()), star.Note, star.Text);
}
