using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Web.Live;

/// <summary>
/// Follows everything but the output, once per web process. What is not in the database is looked at once a second: whether the daemon lives and can
/// write, and without a daemon the Procfile.
/// </summary>
public sealed class SystemFeed(ProjectFolder folder, ChangeBroadcaster changes, TimeProvider time, ILogger<SystemFeed> logger) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    // Under load the counts change with every batch; update them at most this often.
    private static readonly TimeSpan CountInterval = TimeSpan.FromSeconds(1);

    private readonly SystemReader _reader = new(OvermindDatabase.In(folder));
    private readonly StorageFaultFile _trouble = new(folder);
    private readonly Lock _gate = new();
    private readonly List<Channel<SystemSnapshot>> _subscribers = [];
    private SystemSnapshot? _current;
    private long _published;
    private long _looked;

    /// <summary>The current snapshot, as soon as there is one, then each that differs; a slow reader gets the newest only.</summary>
    public async IAsyncEnumerable<SystemSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<SystemSnapshot>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropOldest,
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });
        lock (_gate)
        {
            if (_current is not null) channel.Writer.TryWrite(_current);
            _subscribers.Add(channel);
        }

        try
        {
            await foreach (var snapshot in channel.Reader.ReadAllAsync(cancellationToken)) yield return snapshot;
        }
        finally
        {
            lock (_gate) _subscribers.Remove(channel);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var notifier = changes.Subscribe();
        using var looking = Heartbeat.Each(() =>
        {
            if (HasSilentNews()) notifier.Notify();
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            await notifier.WaitAsync(stoppingToken);
            if (ShortestPause - time.GetElapsedTime(_looked) is { Ticks: > 0 } rest) await Task.Delay(rest, stoppingToken);
            _looked = time.GetTimestamp();
            if (!TryRead()) notifier.NotifySoon();
        }
    }

    private bool HasSilentNews()
    {
        try
        {
            return _current is not { DaemonAlive: true, StorageTrouble: null } || !DaemonLock.IsHeld(folder) || _trouble.Exists;
        }
        catch (UnauthorizedAccessException)
        {
            return true; // reading says what is wrong
        }
    }

    // False when the database cannot be read now, or counts have changed that are to be shown later.
    private bool TryRead()
    {
        try
        {
            var snapshot = _reader.Read();
            if (_current is not null && snapshot.SameAs(_current)) return true;
            if (!IsWorthSending(snapshot)) return false;
            Publish(snapshot);
            return true;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The database cannot be read now, trying again: {Reason}", e.Message);
            return false;
        }
    }

    private bool IsWorthSending(SystemSnapshot snapshot) =>
        _current is null || time.GetElapsedTime(_published) >= CountInterval || !WithoutCounts(snapshot).SameAs(WithoutCounts(_current));

    private static SystemSnapshot WithoutCounts(SystemSnapshot snapshot) =>
        snapshot with { LineCount = 0, StoredBytes = 0, Processes = [.. snapshot.Processes.Select(p => p with { LineCount = 0 })] };

    private void Publish(SystemSnapshot snapshot)
    {
        lock (_gate)
        {
            _current = snapshot;
            _published = time.GetTimestamp();
            foreach (var subscriber in _subscribers) subscriber.Writer.TryWrite(snapshot);
        }
    }
}
