using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;

namespace OvermindGui.Daemon.Output;

/// <summary>
/// The one writer of lines: takes what waits in the queue as one transaction, at once after a pause and at most every 10 ms under
/// load. When the database cannot be written it keeps its batch and tries again; the queue, and so the children, wait meanwhile.
/// </summary>
internal sealed partial class StoreWriter(OvermindDatabase database, StoreQueue queue, TimeProvider time, ILogger<StoreWriter> logger)
{
    private const int MaxLines = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when storing has failed for good. The queue is still emptied, so that nobody waits for ever.</summary>
    public Task<Exception> Failed => _failed.Task;

    /// <summary>Runs until the queue is complete and stored.</summary>
    /// <param name="giveUp">Ends the retries of a database that cannot be written; what waits is then lost, and logged.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        try
        {
            await StoreAllAsync(giveUp);
        }
        catch (Exception e)
        {
            _failed.TrySetResult(e);
            var lost = 0;
            await foreach (var item in queue.Reader.ReadAllAsync(CancellationToken.None))
            {
                lost += item.LineCount;
                Pass(item);
            }

            logger.LogCritical(e, "Nothing can be stored any more; at least {Lines} lines were lost", lost);
        }
    }

    private async Task StoreAllAsync(CancellationToken giveUp)
    {
        await using var connection = database.OpenConnection();
        using var insert = new LineInsert(connection);
        using var amend = new LineAmend(connection, new ContentBinder());
        var batch = new List<StoreItem>();
        while (await queue.Reader.WaitToReadAsync(giveUp))
        {
            var started = time.GetTimestamp();
            var lines = TakeWaiting(queue.Reader, batch);
            await StoreAsync(connection, insert, amend, batch, giveUp);
            LogStored(batch.Count, lines, time.GetElapsedTime(started).TotalMilliseconds);
            batch.Clear();

            var rest = Interval - time.GetElapsedTime(started);
            if (lines < MaxLines && rest > TimeSpan.Zero) await Task.Delay(rest, time, giveUp);
        }
    }

    private static int TakeWaiting(ChannelReader<StoreItem> reader, List<StoreItem> batch)
    {
        var lines = 0;
        while (lines < MaxLines && reader.TryRead(out var item))
        {
            batch.Add(item);
            lines += item.LineCount;
        }

        return lines;
    }

    private async Task StoreAsync(
        SqliteConnection connection, LineInsert insert, LineAmend amend, List<StoreItem> batch, CancellationToken giveUp)
    {
        while (true)
        {
            try
            {
                Store(connection, insert, amend, batch);
                batch.ForEach(Pass);
                return;
            }
            catch (SqliteException e) when (IsTransient(e))
            {
                logger.LogError(e, "{Database} cannot be written; trying again in {Delay}", database.Folder.Database, RetryDelay);
                await Task.Delay(RetryDelay, time, giveUp);
            }
        }
    }

    private static void Store(SqliteConnection connection, LineInsert insert, LineAmend amend, List<StoreItem> batch)
    {
        using var transaction = connection.BeginTransaction();
        insert.Begin();
        foreach (var item in batch)
        {
            // Amended first: the ids of earlier lines are kept until newer ones need their place.
            if (item is LineBatch { Live: { Amended.Length: > 0 } live }) amend.Amend(live);
            if (item is LineBatch lines) insert.Insert(lines);
            else if (item is TableChange change) connection.Execute(transaction, change.Sql, change.Parameters);
            else if (item is FreedPages pages) Free(connection, transaction, pages.Count);
        }

        insert.StoreCounts();
        transaction.Commit();
    }

    // It frees a page a step, so it is read to its end.
    private static void Free(SqliteConnection connection, SqliteTransaction transaction, int pages)
    {
        using var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})"));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }

    [LoggerMessage(LogLevel.Debug, "Stored {Items} items with {Lines} new lines in {Milliseconds:0.0} ms")]
    private partial void LogStored(int items, int lines, double milliseconds);

    private static void Pass(StoreItem item) => (item as Barrier)?.Reached.TrySetResult();

    private static bool IsTransient(SqliteException e) => e.SqliteErrorCode
        is SqliteErrors.Busy or SqliteErrors.Locked or SqliteErrors.ReadOnly or SqliteErrors.InputOutput
        or SqliteErrors.Full or SqliteErrors.CannotOpen;
}
