using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Resources;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Web.Live;

/// <summary>
/// What the processes use, for all open pages: read when something was stored, at most every 5 s while a page is open, and never otherwise.
/// </summary>
public sealed class ResourceFeed(
    ProjectFolder folder, OvermindDatabase database, IChangeSource changes, TimeProvider time, ILogger<ResourceFeed> logger) : BackgroundService
{
    /// <summary>Number of measurements that are kept for each process: five minutes.</summary>
    public const int Kept = 60;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestSpan = TimeSpan.FromSeconds(ResourceSample.LongestMeasurement);

    // The daemon goes on measuring for a while after each.
    private static readonly TimeSpan RequestInterval = ResourceRequest.Validity - Interval - TimeSpan.FromSeconds(1);

    private readonly ResourceHistory _history = new(database);
    private readonly Lock _gate = new();
    private (long At, FileStatus? Daemon)? _requested;
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
        using var notifier = changes.Subscribe();
        using var asking = Heartbeat.Each(() =>
        {
            if (IsWatched && IsRequestDue) notifier.Notify();
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            while (!IsWatched) await _wanted.WaitAsync(stoppingToken);
            await ReadAsync(stoppingToken);
            await Heartbeat.AfterAsync(Interval, time, stoppingToken);
            await notifier.WaitAsync(stoppingToken);
        }
    }

    // A daemon that was started since knows of no request.
    private bool IsRequestDue
    {
        get
        {
            lock (_gate) return _requested is not { } last || time.GetElapsedTime(last.At) >= RequestInterval || Daemon != last.Daemon;
        }
    }

    private FileStatus? Daemon => FileStatus.Of(folder.PidFile, followLinks: true);

    private bool IsWatched
    {
        get
        {
            lock (_gate) return _watchers.Count > 0;
        }
    }

    private async Task RequestAsync(CancellationToken cancellationToken)
    {
        var daemon = Daemon;
        var isDone = await ResourceRequest.SendAsync(folder, cancellationToken);
        lock (_gate) _requested = isDone ? (time.GetTimestamp(), daemon) : null;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (IsRequestDue) await RequestAsync(cancellationToken);
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
        if (before.Count == 0 || before[^1].Run != point.Run) return [point];
        if (before[^1].Time >= point.Time) return before;
        // What was like the stored measurement was not stored.
        var left = point.Time - before[^1].Time;
        var alike = left <= LongestSpan + Interval ? (int)Math.Round(left / Interval) - 1 : 0;
        return [.. before.Concat(Enumerable.Repeat(before[^1], Math.Max(0, alike))).Append(point).TakeLast(Kept)];
    }

    private sealed class Watcher(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
