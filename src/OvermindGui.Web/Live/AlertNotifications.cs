using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using OvermindGui.Core.Alerts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Live;

/// <summary>Alerts that open pages show as notifications of the browser. Reads when the database has changed, and only what is new.</summary>
public sealed class AlertNotifications(OvermindDatabase database, ChangeBroadcaster changes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private long? _last;
    private long _looked;

    /// <summary>An alert fired whose actions name the browser. On any thread.</summary>
    public event Action<AlertHitInfo>? Fired;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var changed = changes.Subscribe();
        while (!stoppingToken.IsCancellationRequested)
        {
            await changed.WaitAsync(stoppingToken);
            if (ShortestPause - time.GetElapsedTime(_looked) is { Ticks: > 0 } rest) await Task.Delay(rest, time, stoppingToken);
            _looked = time.GetTimestamp();
            if (!TryLook()) changed.NotifySoon();
        }
    }

    // False when the database cannot be read now.
    private bool TryLook()
    {
        try
        {
            if (database.IsReady()) Look();
            return true;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return false;
        }
    }

    private void Look()
    {
        if (NewestId() is not { } newest || newest == _last) return;
        var before = _last;
        if (before is not null) // what fired before this program was started is history
            foreach (var hit in new AlertHistory(database).Newest(null, (int)Math.Min(20, newest - before.Value)).Reverse())
                if (hit.Id > before && hit.Notifies) Fired?.Invoke(hit);
        _last = newest;
    }

    // Without EF Core: it is asked after every change.
    private long? NewestId()
    {
        using var connection = database.OpenConnection();
        return connection.Scalar("SELECT 1 FROM sqlite_schema WHERE name = 'alert_hits'") is null
            ? null
            : connection.Scalar("SELECT coalesce(max(id), 0) FROM alert_hits") as long?;
    }
}
