using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Web.Agents;
using OvermindGui.Web.Api;
using OvermindGui.Web.Components;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Http;
using OvermindGui.Web.Live;
using OvermindGui.Web.Security;

namespace OvermindGui.Web;

/// <summary>The dashboard as a whole: one call that serves until it is over.</summary>
public static class WebServer
{
    /// <param name="started">Called once it listens, with the address to open.</param>
    /// <param name="stop">Ends the dashboard alone; the daemon lives on.</param>
    /// <exception cref="ArgumentException">Others than this machine can reach the socket, and no token is asked for.</exception>
    public static async Task<WebServerExit> RunAsync(WebServerOptions options, Action<Uri> started, CancellationToken stop)
    {
        var endpoint = (IPEndPoint)options.ListenSocket.LocalEndPoint!;
        if (options.Access.Token is null && !IPAddress.IsLoopback(endpoint.Address))
            throw new ArgumentException($"{endpoint} can be reached by others, so it needs a token", nameof(options));
        await using var app = Build(options, endpoint.Port);
        var warmingUp = Task.CompletedTask;
        try
        {
            await app.StartAsync(stop);
            warmingUp = WarmUp.RunAsync(endpoint, options.Access, options.Ready, stop);
            await options.Ready;
        }
        catch
        {
            await warmingUp; // its request needs the services
            await app.StopAsync(CancellationToken.None); // otherwise its services report their cancellation as a crash
            throw;
        }

        started(ServedAddress.Of(endpoint));
        var exit = await app.RunUntilExitAsync(stop);
        await warmingUp;
        return exit;
    }

    /// <param name="mounted">What serves it as one among several; null for a dashboard with a socket of its own.</param>
    internal static WebApplication Build(WebServerOptions options, int port, MountedServer? mounted = null)
    {
        var builder = HostSetup.CreateBuilder(mounted is null ? options.ListenSocket : null, options.Debug);
        if (mounted is not null) builder.Services.AddSingleton<IServer>(mounted);
        builder.AddExitControl();
        builder.AddLive(options.Folder);
        builder.AddDashboard(options);
        builder.AddApi();
        builder.AddMcp();
        builder.AddRefusalLog();
        builder.AddTokenGate();
        builder.AddTypingGuard(options.Access);

        var app = builder.Build();
        if (mounted is null) app.UseBadRequestLog();
        app.UseHeadRequests();
        app.UseRequestGuard(port, options.Access);
        if (mounted is not null) app.UseOwnUserGuard();
        app.UseTokenGate(port, options.Access);
        app.UseApiErrors();
        app.UseWebSockets();
        app.UseProgramRoutes(routes =>
        {
            routes.MapApi();
            routes.MapAgentTools();
        });
        app.UseRouting();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapDashboard();
        return app;
    }
}
