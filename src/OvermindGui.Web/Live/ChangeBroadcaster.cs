using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

/// <summary>
/// Notifies all readers of the database. It shares one watch: a watch per reader would exhaust the limit of the system. Without a
/// write it wakes no reader.
/// </summary>
public sealed class ChangeBroadcaster(ProjectFolder folder, ILogger<ChangeBroadcaster> logger) : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly List<ChangeNotifier> _bells = [];

    /// <summary>A bell of one's own, until disposed. It rings at once, and when something may have been written.</summary>
    public ChangeNotifier Subscribe()
    {
        var bell = new ChangeNotifier(this);
        bell.Ring();
        lock (_gate) _bells.Add(bell);
        return bell;
    }

    internal void Remove(ChangeNotifier bell)
    {
        lock (_gate) _bells.Remove(bell);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var doorbell = new DatabaseChangeWatcher(folder);
        if (doorbell.WatchFailure is { } failure) logger.LogWarning("{Failure}", failure);
        while (!stoppingToken.IsCancellationRequested)
        {
            await doorbell.WaitAsync(stoppingToken);
            lock (_gate)
                foreach (var bell in _bells) bell.Ring();
        }
    }
}
