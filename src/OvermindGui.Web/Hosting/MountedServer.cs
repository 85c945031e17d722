using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace OvermindGui.Web.Hosting;

/// <summary>
/// The server of an application that stands below a path of another one's address. It has no socket: <see cref="SharedServer"/> passes it its requests. For
/// the application it is a server like any other, so everything in it is as if it were alone.
/// </summary>
internal sealed class MountedServer : IServer
{
    private Func<IFeatureCollection, RequestTurn>? _begin;

    public IFeatureCollection Features { get; } = new FeatureCollection();

    /// <summary>Begins a request; its path is already that of the application.</summary>
    public RequestTurn Begin(IFeatureCollection request) => (_begin ?? throw new InvalidOperationException("The application has not started"))(request);

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        _begin = request => RequestTurn.Begin(application, request);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // there is no socket to close
    }
}

/// <summary>One request in one application.</summary>
/// <param name="processAsync">Answers it.</param>
/// <param name="end">Called when the answer has been sent, with what went wrong.</param>
internal sealed class RequestTurn(Func<Task> processAsync, Action<Exception?> end)
{
    public static RequestTurn Begin<TContext>(IHttpApplication<TContext> application, IFeatureCollection request)
        where TContext : notnull
    {
        var context = application.CreateContext(request);
        return new RequestTurn(() => application.ProcessRequestAsync(context), failure => application.DisposeContext(context, failure));
    }

    public Task ProcessAsync() => processAsync();

    public void End(Exception? failure) => end(failure);
}
