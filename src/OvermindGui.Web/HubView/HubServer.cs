using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Web.Api;
using OvermindGui.Web.Components;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Hosting;
using OvermindGui.Web.Http;
using OvermindGui.Web.Live;
using OvermindGui.Web.Security;

namespace OvermindGui.Web.HubView;

/// <summary>
/// A server over a hub: the projects of many machines. It keeps no state, so that any number of them may stand behind any balancer.
/// </summary>
public static class HubServer
{
    /// <param name="options">The folder in it is that of the token alone.</param>
    /// <param name="started">Called once it listens, with its address.</param>
    /// <exception cref="ArgumentException">Others than this machine can reach the socket, and no token is asked for.</exception>
    public static async Task RunAsync(WebServerOptions options, HubDatabase hub, Action<Uri> started, CancellationToken stop)
    {
        var endpoint = (IPEndPoint)options.ListenSocket.LocalEndPoint!;
        if (options.Access.Token is null && !IPAddress.IsLoopback(endpoint.Address))
            throw new ArgumentException($"{endpoint} can be reached by others, so it needs a token", nameof(options));
        await using var app = Build(options, hub, endpoint.Port);
        await app.StartAsync(stop);
        started(ServedAddress.Of(endpoint));
        await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await app.StopAsync(CancellationToken.None);
    }

    private static WebApplication Build(WebServerOptions options, HubDatabase hub, int port)
    {
        var builder = HostSetup.CreateBuilder(options.ListenSocket, options.Debug);
        builder.AddPageParts(options.Debug);
        builder.AddApiFormat();
        builder.Services.AddApiDocument();
        builder.AddRefusalLog();
        builder.AddTokenGate();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(options).AddSingleton(hub)
            .AddSingleton<HubCatalog>().AddSingleton<HubLog>().AddSingleton<HubTimeline>().AddSingleton<HubErrorGroups>().AddSingleton<HubHistory>()
            .AddSingleton<HubChanges>().AddSingleton<HubCommands>();

        builder.Services.AddSingleton<HubSources>().AddSingleton<IChangeSource, HubChangeFeed>().AddScoped<HubActions>().AddScoped<BrowserClock>();

        var app = builder.Build();
        app.UseBadRequestLog();
        app.UseHeadRequests();
        app.UseRequestGuard(port, options.Access);
        app.UseTokenGate(port, options.Access);
        app.UseApiErrors();
        app.UseWebSockets();
        app.UseProgramRoutes(HubRoutes.MapHubApi);
        app.UseRouting();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapPages<HubApp>();
        return app;
    }
}
