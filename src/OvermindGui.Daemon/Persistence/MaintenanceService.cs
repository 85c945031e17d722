using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Deletes lines now and then. Its small steps go through the queue as everything else does: they wait behind the output that is there,
/// never the other way round, and no second writer holds the database.
/// </summary>
internal abstract class MaintenanceService(OvermindDatabase database, WriteQueue queue, TimeSpan interval, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Runs until it is cancelled, which happens between two steps; the next daemon continues.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Heartbeat.UntilAsync(() => true, cancellationToken); // not beside the start of the processes
        while (true)
        {
            var looked = time.GetTimestamp();
            await RoundAsync(cancellationToken);
            await Heartbeat.UntilAsync(() => IsDue(time.GetElapsedTime(looked)), cancellationToken);
        }
    }

    private bool IsDue(TimeSpan passed) => passed >= interval - Heartbeat.Interval / 2 && (MayHaveWork || passed >= LongestPause);

    protected TimeProvider Time => time;

    protected WriteQueue Queue => queue;

    /// <summary>False when a round would find nothing; there is one in a while all the same.</summary>
    protected virtual bool MayHaveWork => true;

    /// <summary>Does what there is to do.</summary>
    protected abstract Task RoundAsync(CancellationToken cancellationToken);

    /// <summary>Stores one small change, and leaves the writer to others for a moment.</summary>
    protected async Task StepAsync(WriteItem step, CancellationToken cancellationToken)
    {
        await queue.StoreAsync(step, cancellationToken);
        await Task.Delay(Pause, time, cancellationToken);
    }

    /// <summary>Reads from the database; nothing while it cannot be read.</summary>
    protected List<T> Look<T>(Func<SqliteConnection, List<T>> look)
    {
        try
        {
            using var connection = database.OpenConnection();
            return look(connection);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("What there is to delete cannot be looked for now, trying again: {Reason}", e.Message);
            return [];
        }
    }

}
