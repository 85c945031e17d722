using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;
using OvermindGui.Core.Output;

namespace OvermindGui.Daemon.Output;

/// <summary>
/// Deletes cleared lines once nobody can take the clearing back. Its small steps go through the queue as everything else does: they wait
/// behind the output that is there, never the other way round, and no second writer holds the database.
/// </summary>
internal sealed class ClearedLineRemoval(
    OvermindDatabase database, StoreQueue queue, TimeProvider time, ILogger<ClearedLineRemoval> logger) : IAsyncDisposable
{
    private const int LinesAtOnce = 1_000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Who takes a clearing back in its last moment must not find half of the lines.
    private static readonly TimeSpan Grace = OutputClearing.UndoTime + TimeSpan.FromSeconds(1);

    // What is still to be undone stays; all else up to the cleared id goes.
    private const string Removable =
        """
        SELECT p.id, coalesce((SELECT min(c.from_id) FROM clearings c WHERE c.process_id = p.id), p.cleared_id) AS up_to
        FROM processes p WHERE p.cleared_id > 0 AND EXISTS (SELECT 1 FROM lines l WHERE l.process_id = p.id AND l.id <= up_to)
        """;

    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    public ClearedLineRemoval Begin()
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

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await RemoveAsync(cancellationToken);
                await Task.Delay(LookInterval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the daemon ends
        }
    }

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (Look(connection => connection.Query("SELECT 1 FROM clearings WHERE cleared_at < $1", _ => true, LatestToKeep)).Count > 0)
            await queue.StoreAsync(new TableChange("DELETE FROM clearings WHERE cleared_at < $1", LatestToKeep), cancellationToken);
        while (Look(connection => connection.Query(Removable, row => (Process: row.GetInt32(0), UpTo: row.GetInt64(1)))) is { Count: > 0 } rest)
        {
            foreach (var (process, upTo) in rest)
            {
                await queue.StoreAsync(
                    new TableChange(
                        "DELETE FROM lines WHERE id IN (SELECT id FROM lines WHERE process_id = $1 AND id <= $2 ORDER BY id LIMIT $3)",
                        process, upTo, LinesAtOnce),
                    cancellationToken);
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private double LatestToKeep => time.Seconds() - Grace.TotalSeconds;

    private List<T> Look<T>(Func<SqliteConnection, List<T>> look)
    {
        try
        {
            using var connection = database.OpenConnection();
            return look(connection);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("Cleared lines cannot be looked for now, trying again: {Reason}", e.Message);
            return [];
        }
    }
}
