using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Web.Live;

/// <summary>What the processes use, for all open pages: read every 5 s while a page is open, and never otherwise.</summary>
public sealed class ResourceFeed(ProjectFolder folder, OvermindDatabase database, TimeProvider time, ILogger<ResourceFeed> logger) : BackgroundService
{
    /// <summary>Number of measurements that are kept for each process: five minutes.</summary>
    public const int Kept = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // The daemon goes on measuring for a while after each.
    private static readonly TimeSpan RequestInterval = ResourceRequest.Validity - Interval - TimeSpan.FromSeconds(1);

    private readonly ResourceHistory _history = new(database);
    private readonly Lock _gate = new();
    private long? _requested;
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly List<Action> _watchers = [];
    private volatile IReadOnlyDictionary<string, IReadOnlyList<ResourcePoint>> _recent = new Dictionary<string, IReadOnlyList<ResourcePoint>>();

    /// <summary>The newest measurements of a process that runs, oldest first; empty when there are none.</summary>
    public IReadOnlyList<ResourcePoint> Of(string process) => _recent.GetValueOrDefault(process, []);

    /// <summary>All processes together: percent of one core, and bytes.</summary>
    public (double Cpu, long Memory) Total => _recent.Values.Where(points => points.Count > 0).Select(points => points[^1])
        .Aggregate((Cpu: 0.0, Memory: 0L), (sum, point) => (sum.Cpu + point.Cpu, sum.Memory + point.Memory));

    /// <summary>Looks until it is disposed.</summary>
    /// <param name="changed">Called after each measurement, on any thread.</param>
    public IDisposable Watch(Action changed)
    {
        lock (_gate)
        {
            _watchers.Add(changed);
            if (_watchers.Count == 1) _wanted.Release();
        }

        return new Watcher(() =>
        {
            lock (_gate) _watchers.Remove(changed);
        });
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            while (!IsWatched) await _wanted.WaitAsync(stoppingToken);
            await ReadAsync(stoppingToken);
            await Heartbeat.AfterAsync(Interval, time, stoppingToken);
        }
    }

    private bool IsWatched
    {
        get
        {
            lock (_gate) return _watchers.Count > 0;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_requested is not { } last || time.GetElapsedTime(last) >= RequestInterval)
                _requested = await ResourceRequest.SendAsync(folder, cancellationToken) ? time.GetTimestamp() : null;
            var latest = await Task.Run(() => _history.Latest(time), cancellationToken);
            _recent = latest.ToDictionary(p => p.Key, p => Append(Of(p.Key), p.Value));
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The resources cannot be read now, trying again: {Reason}", e.Message);
            return;
        }

        Action[] watchers;
        lock (_gate) watchers = [.. _watchers];
        foreach (var watcher in watchers) watcher();
    }

    private static IReadOnlyList<ResourcePoint> Append(IReadOnlyList<ResourcePoint> before, ResourcePoint point)
    {
        if (before.Count > 0 && before[^1].Run != point.Run) before = [];
        return before.Count > 0 && before[^1].Time >= point.Time ? before : [.. before.TakeLast(Kept - 1), point];
    }

    private sealed class Watcher(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
