using Microsoft.Extensions.Hosting;

namespace OvermindGui.Web.Hosting;

/// <summary>Signals belong to the program that hosts the dashboard: it decides whether Ctrl+C ends the daemon as well.</summary>
internal sealed class CallerLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
