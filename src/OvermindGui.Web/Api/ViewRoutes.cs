using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OvermindGui.Core.Output;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Views of the page under a name.</summary>
internal static class ViewRoutes
{
    public static void MapViews(this RouteGroupBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Views");
        views.MapGet("", (SavedViews saved) => TypedResults.Ok(Answer(saved))).WithSummary("Saved views of the page, by name");
        views.MapPost("/save", Save).WithSummary("Save a view under a name: the query of the page's address");
        views.MapPost("/rename", Rename).WithSummary("Give a saved view another name");
        views.MapPost("/remove", Remove).WithSummary("Remove a saved view");
    }

    private static ViewsResponse Answer(SavedViews views) => new([.. views.Read().Select(v => new ViewResponse(v.Name, v.Query))]);

    private static Results<Ok<ViewsResponse>, BadRequest<ApiError>> Save(ViewResponse? body, SavedViews views)
    {
        if (body?.Name is null || body.Query is null) return TypedResults.BadRequest(new ApiError("name, query: both are needed"));
        return views.Save(body.Name, body.Query) is { } problem ? TypedResults.BadRequest(new ApiError(problem)) : TypedResults.Ok(Answer(views));
    }

    private static Results<Ok<ViewsResponse>, BadRequest<ApiError>, NotFound<ApiError>> Rename(ViewRenaming? body, SavedViews views)
    {
        if (body?.Name is null || body.NewName is null) return TypedResults.BadRequest(new ApiError("name, new_name: both are needed"));
        if (views.Find(body.Name) is null) return TypedResults.NotFound(new ApiError($"name: {views.Unknown(body.Name)}"));
        return views.Rename(body.Name, body.NewName) is { } problem ? TypedResults.BadRequest(new ApiError(problem)) : TypedResults.Ok(Answer(views));
    }

    private static Results<Ok<ViewsResponse>, NotFound<ApiError>> Remove(ViewName? body, SavedViews views) =>
        views.Remove(body?.Name ?? "") ? TypedResults.Ok(Answer(views)) : TypedResults.NotFound(new ApiError($"name: {views.Unknown(body?.Name ?? "")}"));
}

/// <summary>Saved views, by name.</summary>
public sealed record ViewsResponse(IReadOnlyList<ViewResponse> Views);

/// <summary>A saved view.</summary>
/// <param name="Query">The query of the page's address, without the question mark.</param>
public sealed record ViewResponse(string Name, string Query);

/// <summary>A view by its name.</summary>
public sealed record ViewName(string Name);

/// <summary>Another name for a view.</summary>
public sealed record ViewRenaming(string Name, string NewName);
