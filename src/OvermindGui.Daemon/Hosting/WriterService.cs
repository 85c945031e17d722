using Microsoft.Extensions.Hosting;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Hosting;

/// <summary>The writer as a service of the host: the first to begin, and the last to end, when all that was recorded is stored.</summary>
internal sealed class WriterService(BatchWriter writer, WriteQueue queue, SupervisedLoops loops) : BackgroundService
{
    // A database that cannot be written has so long to recover once everything else has ended: a quit is answered within the stop timeout,
    // and says that not all is stored. One that can be written takes as long as it needs.
    private static readonly TimeSpan LastWriteTimeout = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _giveUp = new();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Complete();
        _giveUp.CancelAfter(LastWriteTimeout);
        if (ExecuteTask is { } writing) await writing;
    }

    public override void Dispose()
    {
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.RunAsync("Storing", writer.RunAsync, _giveUp.Token);
}
