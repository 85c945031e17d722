using System.Net;
using Microsoft.AspNetCore.Builder;
using OvermindGui.Web.Api;
using OvermindGui.Web.Components;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Live;
using OvermindGui.Web.Security;

namespace OvermindGui.Web;

/// <summary>The dashboard as a whole: one call that serves until it is over.</summary>
public static class WebServer
{
    /// <param name="started">Called once it listens, with the address to open.</param>
    /// <param name="stop">Ends the dashboard alone; the daemon lives on.</param>
    public static async Task<WebServerExit> RunAsync(WebServerOptions options, Action<Uri> started, CancellationToken stop)
    {
        var port = ((IPEndPoint)options.ListenSocket.LocalEndPoint!).Port;
        await using var app = Build(options, port);
        await app.StartAsync(stop);
        started(new Uri($"http://localhost:{port}"));
        return await app.RunUntilExitAsync(stop);
    }

    private static WebApplication Build(WebServerOptions options, int port)
    {
        var builder = HostSetup.CreateBuilder(options);
        builder.AddExitControl();
        builder.AddLive(options.Folder);
        builder.AddDashboard(options);
        builder.AddApi();

        var app = builder.Build();
        app.UseRequestGuard(port);
        app.UseApiErrors();
        app.UseRouting();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapApi();
        app.MapDashboard();
        return app;
    }
}
