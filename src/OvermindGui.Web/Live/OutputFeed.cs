using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

/// <summary>
/// Follows the log once per web process: reads what is new, renders each line once, keeps the newest lines and hands batches to every
/// subscriber, and so with lines that change. It waits for a database that is not there yet, and starts over on one that was replaced.
/// </summary>
public sealed partial class OutputFeed(ProjectFolder folder, ChangeBroadcaster changes, TimeProvider time, ILogger<OutputFeed> logger) : BackgroundService
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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var bell = changes.Subscribe();
        while (!stoppingToken.IsCancellationRequested)
        {
            // Deferred changes are published when due, even if no new line arrives.
            if (!_amendments.HoldsAny) await bell.WaitAsync(stoppingToken);
            await Task.Delay(TryRead() ? _pace.Next : RetryInterval, stoppingToken);
        }
    }

    private bool TryRead()
    {
        try
        {
            if (!_database.IsReady()) return false;
            Read();
            return true;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The database cannot be read now, trying again: {Reason}", e.Message);
            _database.Damage.Tell(e);
            return false;
        }
    }

    private void Read()
    {
        if (_tail is null || _tailGeneration != _database.Generation)
        {
            Begin();
            return;
        }

        var batch = _tail.Read(_pace.Lines);
        if (batch.ClearedAnew) _clearings++;
        if (batch.ClearedAnew || batch.MissedAmendments)
        {
            Begin();
            return;
        }

        _amendments.Hold(batch.Amended);
        var amended = _amendments.TakeDue();
        _pace.Saw(batch.Skipped + batch.Lines.Count, batch.Lines.Count + amended.Length);
        if (batch.Lines.Count + amended.Length > 0)
            Publish([.. batch.Lines.Select(LineRenderer.Render)], [.. amended.Select(LineRenderer.Render)]);
    }

    private void Begin()
    {
        (_tail, var newest) = OutputTail.Begin(_database, RingSize);
        _tailGeneration = _database.Generation;
        _amendments.Clear();
        StartOver(newest.Select(LineRenderer.Render), _tailGeneration + _clearings);
    }
}
