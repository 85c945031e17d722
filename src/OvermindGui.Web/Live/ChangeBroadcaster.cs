using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

/// <summary>
/// Notifies all readers of the database. It shares one watch: a watch per reader would exhaust the limit of the system. Without a
/// commit it wakes no reader.
/// </summary>
public sealed class ChangeBroadcaster(OvermindDatabase database, ILogger<ChangeBroadcaster> logger) : BackgroundService, IChangeSource
{
    private readonly Lock _gate = new();
    private readonly List<ChangeNotifier> _watchers = [];

    /// <inheritdoc/>
    public ChangeNotifier Subscribe()
    {
        var watcher = new ChangeNotifier(Remove);
        watcher.Notify();
        lock (_gate) _watchers.Add(watcher);
        return watcher;
    }

    private void Remove(ChangeNotifier watcher)
    {
        lock (_gate) _watchers.Remove(watcher);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = new DatabaseChangeWatcher(database.Folder);
        using var commits = new CommitSensor(database);
        if (watcher.WatchFailure is { } failure) logger.LogWarning("{Failure}", failure);
        while (!stoppingToken.IsCancellationRequested)
        {
            await watcher.WaitAsync(stoppingToken);
            if (!commits.HasChanged()) continue;
            lock (_gate)
                foreach (var subscriber in _watchers) subscriber.Notify();
        }
    }
}
