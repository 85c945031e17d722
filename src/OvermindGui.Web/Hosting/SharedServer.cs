using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OvermindGui.Web.Hosting;

/// <summary>The applications below <c>/p/NAME/</c>.</summary>
internal interface IMounts
{
    /// <summary>The server of an application, started if need be; null when there is none of this name.</summary>
    Task<MountedServer?> FindAsync(string name);
}

/// <summary>
/// Kestrel for several applications: what begins with <c>/p/NAME/</c> goes to the application of that name, with this as its path base, and the rest to the
/// application that the server belongs to. No pipeline has seen a request before its own application does.
/// </summary>
internal sealed class SharedServer(IServer kestrel, IMounts mounts) : IServer
{
    /// <summary>What the addresses of all mounted applications begin with.</summary>
    public const string Prefix = "/p/";

    public IFeatureCollection Features => kestrel.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull =>
        kestrel.StartAsync(new Dispatcher(request => RequestTurn.Begin(application, request), mounts), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => kestrel.StopAsync(cancellationToken);

    public void Dispose() => kestrel.Dispose();

    private sealed class Dispatcher(Func<IFeatureCollection, RequestTurn> root, IMounts mounts) : IHttpApplication<Dispatcher.Request>
    {
        public Request CreateContext(IFeatureCollection contextFeatures) => new(contextFeatures);

        public async Task ProcessRequestAsync(Request context)
        {
            context.Turn = await FindAsync(context.Features) is { } mounted ? mounted.Begin(context.Features) : root(context.Features);
            await context.Turn.ProcessAsync();
        }

        public void DisposeContext(Request context, Exception? exception) => context.Turn?.End(exception);

        private async Task<MountedServer?> FindAsync(IFeatureCollection features)
        {
            if (features.Get<IHttpRequestFeature>() is not { Path: { } path } request || !path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
            var end = path.IndexOf('/', Prefix.Length);
            if (end < 0 || await mounts.FindAsync(path[Prefix.Length..end]) is not { } mounted) return null;
            (request.PathBase, request.Path) = (path[..end], path[end..]);
            return mounted;
        }

        public sealed record Request(IFeatureCollection Features)
        {
            public RequestTurn? Turn { get; set; }
        }
    }
}

internal static class SharedServerHost
{
    /// <summary>Shares the server of this application with others.</summary>
    public static void ShareServer(this WebApplicationBuilder builder, Func<IServiceProvider, IMounts> mounts)
    {
        var kestrel = builder.Services.Last(service => service.ServiceType == typeof(IServer)).ImplementationType!;
        builder.Services.Replace(ServiceDescriptor.Singleton<IServer>(
            services => new SharedServer((IServer)ActivatorUtilities.CreateInstance(services, kestrel), mounts(services))));
    }
}
