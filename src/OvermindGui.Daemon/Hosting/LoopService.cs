using Microsoft.Extensions.Hosting;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Hosting;

/// <summary>A loop of the daemon as a hosted service; a failed loop is reported and restarted, see <see cref="SupervisedLoops"/>.</summary>
/// <param name="name">Its name in messages.</param>
internal sealed class LoopService(string name, Func<CancellationToken, Task> loop, SupervisedLoops loops) : BackgroundService
{
    // Whatever it does just now holds up the end no longer: it may read a file that does not answer.
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(EndTimeout);
        await base.StopAsync(limit.Token);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync(name, loop, stoppingToken);
}
