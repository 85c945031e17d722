using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

/// <summary>
/// Follows the log once per web process: reads what is new, renders each line once, keeps the newest lines and hands batches to every
/// subscriber, and so with lines that change. It waits for a database that is not there yet, and starts over on one that was replaced.
/// </summary>
public sealed class OutputFeed(ProjectFolder folder, ChangeBroadcaster changes, TimeProvider time, ILogger<OutputFeed> logger) : BackgroundService
{
    public const int RingSize = 10_000;
    public const int LinesPerTick = 1_000;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    // Not shared: an instance reports a replaced file only to its first caller.
    private readonly OvermindDatabase _database = OvermindDatabase.In(folder);
    private readonly TickPace _pace = new(time);
    private readonly AmendmentPace _amendments = new(time);
    private OutputTail? _tail;
    private int _tailGeneration;
    private int _clearings;

    private readonly Lock _gate = new();
    private readonly LineRing _ring = new(RingSize);
    private long _changes;
    private readonly List<OutputSubscription> _subscriptions = [];
    private int _generation;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var notifier = changes.Subscribe();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Deferred changes are published when due, even if no new line arrives.
            if (!_amendments.HoldsAny) await notifier.WaitAsync(stoppingToken);
            var published = TryRead();
            if (published is null) notifier.NotifySoon();
            if (published is not false || _amendments.HoldsAny) await Task.Delay(published is null ? RetryInterval : _pace.Next, stoppingToken);
        }
    }

    // Whether there was anything to publish; null when the database cannot be read now.
    private bool? TryRead()
    {
        try
        {
            return _database.IsReady() ? Read() : null;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The database cannot be read now, trying again: {Reason}", e.Message);
            _database.Damage.Report(e);
            return null;
        }
    }

    private bool Read()
    {
        if (_tail is null || _tailGeneration != _database.Generation)
        {
            Begin();
            return true;
        }

        var batch = _tail.Read(_pace.Lines);
        if (batch.ClearedAnew) _clearings++;
        if (batch.ClearedAnew || batch.MissedAmendments)
        {
            Begin();
            return true;
        }

        _amendments.Hold(batch.Amended);
        var amended = _amendments.TakeDue();
        _pace.Saw(batch.Skipped + batch.Lines.Count, batch.Lines.Count + amended.Length);
        if (batch.Lines.Count + amended.Length == 0) return false;
        Publish([.. batch.Lines.Select(LineRenderer.Render)], [.. amended.Select(LineRenderer.Render)]);
        return true;
    }

    private void Begin()
    {
        (_tail, var newest) = OutputTail.Begin(_database, RingSize);
        _tailGeneration = _database.Generation;
        _amendments.Clear();
        StartOver(newest.Select(LineRenderer.Render), _tailGeneration + _clearings);
    }

    /// <summary>Another number whenever the newest lines are others.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>The newest lines and, without a hole or a repetition between, all that follow.</summary>
    /// <param name="former">
    /// The subscription that this one takes the place of: it ends, and changes that still wait there, of lines that the ring may no
    /// longer hold, wait here.
    /// </param>
    public OutputSubscription Subscribe(OutputSubscription? former = null)
    {
        lock (_gate)
        {
            var subscription = new OutputSubscription(_ring.ToArray(), _generation, Unsubscribe);
            if (former is not null && _subscriptions.Remove(former)) subscription.Post([], former.TakeAmended());
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    /// <summary>How many of the newest lines of some processes there are of each level; a stack trace counts as one.</summary>
    public LevelCounts CountLevels(ProcessFilter processes)
    {
        RenderedLine[] lines;
        lock (_gate) lines = _ring.ToArray();
        Span<int> counts = stackalloc int[LineLevels.All.Count];
        foreach (var line in lines)
            if (!line.Continues && processes.Shows(line.Process)) counts[(int)line.Level]++;
        return new LevelCounts(
            counts[(int)LineLevel.Error], counts[(int)LineLevel.Warn], counts[(int)LineLevel.Info], counts[(int)LineLevel.Debug], counts[(int)LineLevel.None]);
    }

    private void Unsubscribe(OutputSubscription subscription)
    {
        lock (_gate) _subscriptions.Remove(subscription);
    }

    private void Publish(RenderedLine[] lines, RenderedLine[] amended)
    {
        lock (_gate)
        {
            foreach (var line in lines) _ring.Add(line);
            foreach (var line in amended) _ring.Replace(line);
            _changes++;
            foreach (var subscription in _subscriptions) subscription.Post(lines, amended);
        }
    }

    /// <summary>Completes all subscriptions, because a new database, a clearing or missed changes made what they show wrong.</summary>
    private void StartOver(IEnumerable<RenderedLine> lines, int generation)
    {
        lock (_gate)
        {
            _generation = generation;
            _changes++;
            _ring.Clear();
            foreach (var line in lines) _ring.Add(line);
            foreach (var subscription in _subscriptions) subscription.Complete();
            _subscriptions.Clear();
        }
    }
}
