using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Hosting;

/// <summary>Lets the page end the dashboard.</summary>
public sealed class ExitControl
{
    private readonly TaskCompletionSource<WebServerExit> _requested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it was asked for.</summary>
    public Task<WebServerExit> Requested => _requested.Task;

    /// <summary>The first reason counts.</summary>
    public void Request(WebServerExit reason) => _requested.TrySetResult(reason);
}

internal static class ExitControlHost
{
    public static void AddExitControl(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<ExitControl>().AddSingleton<ShutdownNotifier>();

    /// <summary>Waits until the caller, the page or a failure ends it, then stops. A service that failed makes this throw.</summary>
    public static async Task<WebServerExit> RunUntilExitAsync(this WebApplication app, CancellationToken stop)
    {
        var requested = app.Services.GetRequiredService<ExitControl>().Requested;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(() => ended.TrySetResult()))
        using (app.Lifetime.ApplicationStopping.Register(() => ended.TrySetResult()))
            await Task.WhenAny(requested, ended.Task);

        var exit = requested.IsCompletedSuccessfully ? await requested : WebServerExit.Stopped;
        await app.Services.GetRequiredService<ShutdownNotifier>().NotifyAsync(exit);
        await app.StopAsync(CancellationToken.None);
        foreach (var service in app.Services.GetServices<IHostedService>().OfType<BackgroundService>())
            if (service.ExecuteTask is { IsFaulted: true } failed) await failed;
        return exit;
    }
}
