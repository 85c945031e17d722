using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OvermindGui.Web.Http;

/// <summary>
/// The routes for programs: the API, its document and the tools for agents. They have a routing of their own, which is built with the first
/// request for one of them: binding all of them takes a tenth of a second, and neither the address nor the first page waits for it.
/// </summary>
internal static class ProgramRoutes
{
    public static bool Includes(HttpRequest request) =>
        ApiErrors.IsApi(request) || ApiErrors.IsMcp(request) || request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>Stands before the routing of the pages.</summary>
    public static void UseProgramRoutes(this WebApplication app, Action<IEndpointRouteBuilder> map) =>
        app.MapWhen(context => Includes(context.Request), branch => branch.UseRouting().UseEndpoints(map));
}
