using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Core.Registry;
using OvermindGui.Web.Api;
using OvermindGui.Web.Components;
using OvermindGui.Web.Components.Projects;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Http;
using OvermindGui.Web.Security;

namespace OvermindGui.Web;

/// <summary>One dashboard for all projects of a user: the list at <c>/</c>, each project below <c>/p/NAME/</c>, and several beside each other.</summary>
public static class AllProjectsServer
{
    /// <param name="started">Called once it listens, with the address to open.</param>
    /// <param name="stop">Ends the dashboard; the daemons live on.</param>
    /// <exception cref="ArgumentException">Others than this machine can reach the socket.</exception>
    public static async Task<WebServerExit> RunAsync(AllProjectsOptions options, Action<Uri> started, CancellationToken stop)
    {
        var endpoint = (IPEndPoint)options.ListenSocket.LocalEndPoint!;
        if (!IPAddress.IsLoopback(endpoint.Address)) throw new ArgumentException($"{endpoint} can be reached by others", nameof(options));
        await using var app = Build(options, endpoint.Port);
        app.Lifetime.ApplicationStopping.Register(app.Services.GetRequiredService<ProjectMounts>().BeginEnd);
        await app.StartAsync(stop);
        started(ServedAddress.Of(endpoint));
        var warmingUp = WarmUp.RunAsync(endpoint, new WebAccess(), Task.CompletedTask, stop);
        var exit = await app.RunUntilExitAsync(stop);
        await warmingUp;
        return exit;
    }

    private static WebApplication Build(AllProjectsOptions options, int port)
    {
        var builder = HostSetup.CreateBuilder(options.ListenSocket, options.Debug);
        builder.ShareServer(services => services.GetRequiredService<ProjectMounts>());
        builder.AddExitControl();
        builder.AddApiFormat();
        builder.AddRefusalLog();
        builder.AddPageParts(options.Debug);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(options);
        builder.Services.AddSingleton(new ProjectsOffer(new UserProjects(options.State, options.Executable, TimeProvider.System), Own: null));
        builder.Services.AddSingleton<ProjectMounts>().AddHostedService(services => services.GetRequiredService<ProjectMounts>());

        var app = builder.Build();
        app.UseBadRequestLog();
        app.UseHeadRequests();
        app.UseRequestGuard(port, new WebAccess { OwnFrames = true });
        app.UseOwnUserGuard();
        app.UseApiErrors();
        app.UseWebSockets();
        app.UseProgramRoutes(routes => routes.MapGroup("/api").MapProjects());
        app.UseRouting();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.Map("/p/{name}/{**rest}", Missing);
        app.MapGet("/side-by-side", SideBySideAddress.ShowAsync);
        app.MapPages<AllProjectsApp>();
        return app;
    }

    // Those that there are come here without the slash behind the name alone.
    private static Results<RedirectHttpResult, JsonHttpResult<ApiError>> Missing(HttpRequest request, string name, string? rest, ProjectMounts mounts) =>
        rest is null && request.Path.Value is not [.., '/'] ? TypedResults.Redirect($"{SharedServer.Prefix}{Uri.EscapeDataString(name)}/{request.QueryString}")
        : mounts.ProblemOf(name) is { } problem
        ? TypedResults.Json(new ApiError($"{name} cannot be shown: {problem}"), statusCode: StatusCodes.Status503ServiceUnavailable)
        : TypedResults.Json(new ApiError($"There is no project {name}; / lists those that there are"), statusCode: StatusCodes.Status404NotFound);
}
