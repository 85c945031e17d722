using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OvermindGui.Web.Http;
using Serilog;
using Serilog.Events;

namespace OvermindGui.Web.Hosting;

internal static class HostSetup
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    /// <param name="socket">What it serves on; null for an application that <see cref="MountedServer"/> serves.</param>
    public static WebApplicationBuilder CreateBuilder(Socket? socket, bool debug)
    {
        // The content root defaults to the working directory, which is the user's project: _framework/blazor.web.js would be
        // answered with 200 and no bytes.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = Assembly.GetEntryAssembly()?.GetName().Name,
            EnvironmentName = Environments.Production,
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IAuthorizationPolicyProvider, NoPolicies>();
        if (socket is not null) UseSocket(builder, socket);
        UseBuildOutputAssets(builder);
        AddLogging(builder, debug);
        builder.Services.AddMemoryKeys();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, CallerLifetime>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    private static void UseSocket(WebApplicationBuilder builder, Socket socket)
    {
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.BoundRequests();
            kestrel.Listen(socket.LocalEndPoint!, listen => listen.ExplainRejections());
        });
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => socket);
    }

    private static void UseBuildOutputAssets(WebApplicationBuilder builder)
    {
        // Only a build output has this manifest; a published folder has the files themselves under wwwroot.
        var manifest = Path.Combine(AppContext.BaseDirectory, builder.Environment.ApplicationName + ".staticwebassets.runtime.json");
        if (!File.Exists(manifest)) return;
        builder.WebHost.UseStaticWebAssets();
        // The fallback answers GET on every path, so a build output could not distinguish an unknown route from an unknown method.
        builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
    }

    private static void AddLogging(WebApplicationBuilder builder, bool debug)
    {
        var logger = new LoggerConfiguration()
            .MinimumLevel.Is(debug ? LogEventLevel.Debug : LogEventLevel.Warning)
            // The keys are in memory alone; that they are not encrypted at rest is no news.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // A browser that was here before the restart brings a token of the old keys; it gets a new one. Origins are checked anyway.
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Fatal)
            // Otherwise it logs every address, including the token and other query values.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning)
            // A call that its client no longer waits for would be logged as a failure.
            .MinimumLevel.Override("ModelContextProtocol", LogEventLevel.Error)
            .WriteTo.Console(
                formatProvider: CultureInfo.InvariantCulture,
                outputTemplate: "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}")
            .CreateLogger();
        builder.Services.AddSerilog(logger, dispose: true);
    }
}
