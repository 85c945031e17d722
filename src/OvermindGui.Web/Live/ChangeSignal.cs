using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using OvermindGui.Core.Data;
using OvermindGui.Core.Projects;

namespace OvermindGui.Web.Live;

/// <summary>
/// One doorbell for all who read the database at their own pace: a watch of the folder for each would use up what the system has of them.
/// </summary>
internal sealed class ChangeSignal(ProjectFolder folder) : BackgroundService
{
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly List<ChannelWriter<bool>> _waiting = [];

    /// <summary>Writes to a channel whenever something may have been written to the database, until disposed.</summary>
    public IDisposable Ring(ChannelWriter<bool> bell)
    {
        lock (_gate) _waiting.Add(bell);
        return new Subscription(this, bell);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var bell = new Doorbell(folder, SafetyInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            await bell.WaitAsync(stoppingToken);
            lock (_gate)
                foreach (var waiting in _waiting) waiting.TryWrite(true);
            await Task.Delay(ShortestPause, stoppingToken);
        }
    }

    private sealed class Subscription(ChangeSignal signal, ChannelWriter<bool> bell) : IDisposable
    {
        public void Dispose()
        {
            lock (signal._gate) signal._waiting.Remove(bell);
        }
    }
}
