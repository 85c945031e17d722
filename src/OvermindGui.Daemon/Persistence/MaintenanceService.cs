using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Deletes lines now and then. Its small steps go through the queue as everything else does: they wait behind the output that is there,
/// never the other way round, and no second writer holds the database.
/// </summary>
internal abstract class MaintenanceService(OvermindDatabase database, WriteQueue queue, TimeSpan interval, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public MaintenanceService Begin()
    {
        _work = Task.Run(() => WorkAsync(_stop.Token));
        return this;
    }

    /// <summary>Ends it between two steps; the next daemon goes on. The queue must still be open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    protected TimeProvider Time => time;

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

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await RoundAsync(cancellationToken);
                await Task.Delay(interval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the daemon ends
        }
    }
}
