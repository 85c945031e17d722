using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Http;

namespace OvermindGui.Web.Api;

/// <summary>Routes that have nothing to say without a database: 503 until a daemon has made one.</summary>
internal static class DatabaseRequirement
{
    public const string NotReady = "There is no database yet; it comes with the first start of the daemon";

    public static RouteGroupBuilder RequireDatabase(this RouteGroupBuilder group)
    {
        group.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status503ServiceUnavailable, typeof(ApiError), ["application/json"]));
        return group.AddEndpointFilter(async (context, next) =>
            context.HttpContext.RequestServices.GetRequiredService<OvermindDatabase>().IsReady()
                ? await next(context)
                : TypedResults.Json(new ApiError(NotReady), statusCode: StatusCodes.Status503ServiceUnavailable));
    }
}
