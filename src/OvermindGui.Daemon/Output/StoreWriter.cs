using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Data;
using OvermindGui.Core.Projects;

namespace OvermindGui.Daemon.Output;

/// <summary>
/// The one writer of lines: takes what waits in the queue as one transaction, at once after a pause and at most every 10 ms under
/// load. When the database cannot be written it keeps what comes, within bounds, and tries again: no process waits for that.
/// </summary>
internal sealed partial class StoreWriter(
    OvermindDatabase database, StoreQueue queue, Backlog backlog, TroubleFile trouble, TimeProvider time, ILogger<StoreWriter> logger)
{
    private const int MaxLines = 1000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMilliseconds(250);

    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task<bool>? _more;

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
            var lost = backlog.LostLines + backlog.LineCount;
            foreach (var item in backlog.Items) Pass(item);
            await foreach (var item in queue.Reader.ReadAllAsync(CancellationToken.None))
            {
                lost += item.LineCount;
                Pass(item);
            }

            logger.LogCritical(e, "Nothing can be stored any more; {Lines} lines were lost", lost);
        }
    }

    private async Task StoreAllAsync(CancellationToken giveUp)
    {
        trouble.Clear(); // of a daemon that was killed
        await using var connection = Open();
        using var transaction = new WriteTransaction(connection);
        using var insert = new LineInsert(connection);
        using var amend = new LineAmend(connection, new ContentBinder());
        while (await queue.Reader.WaitToReadAsync(giveUp))
        {
            var started = time.GetTimestamp();
            TakeWaiting(MaxLines);
            var (items, lines) = (backlog.Items.Count, backlog.LineCount);
            await StoreAsync(reason => transaction.Run(() => Store(connection, insert, amend, reason)), giveUp);
            LogStored(items, lines, time.GetElapsedTime(started).TotalMilliseconds);

            var rest = Interval - time.GetElapsedTime(started);
            if (lines < MaxLines && rest > TimeSpan.Zero) await Task.Delay(rest, time, giveUp);
        }
    }

    // Whoever else writes has short turns; one that does not is waited out here, where the queue can be emptied meanwhile.
    private SqliteConnection Open()
    {
        var connection = database.OpenConnection();
        connection.Execute(null, $"PRAGMA busy_timeout = {BusyTimeout.TotalMilliseconds:0}");
        return connection;
    }

    private void TakeWaiting(int mostLines)
    {
        while (backlog.LineCount < mostLines && queue.Reader.TryRead(out var item)) backlog.Add(item);
    }

    private async Task StoreAsync(Action<string> store, CancellationToken giveUp)
    {
        string? reason = null;
        while (true)
        {
            try
            {
                store(reason ?? "");
                if (reason is not null) TellRecovered();
                foreach (var item in backlog.Items) Pass(item);
                backlog.Clear();
                return;
            }
            catch (SqliteException e) when (IsTransient(e))
            {
                if (reason is null) logger.LogError(e, "{Database} cannot be written; output is kept in memory meanwhile", database.Folder.Database);
                reason = $"the database could not be written ({e.Message})";
                trouble.Tell(WordsOfTrouble(e));
                await HoldAsync(giveUp);
            }
        }
    }

    private string WordsOfTrouble(SqliteException e)
    {
        var lost = backlog.LostLines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {backlog.LostLines:N0} lines are lost so far");
        return $"The daemon cannot write {database.Folder.Database} ({e.Message}). The processes run on, and their newest output is kept in memory{lost}";
    }

    private void TellRecovered()
    {
        logger.LogInformation("{Database} can be written again; {Lines} lines were lost", database.Folder.Database, backlog.LostLines);
        trouble.Clear();
    }

    /// <summary>Takes in what comes until it is time to try again, so that no process waits for the database.</summary>
    private async Task HoldAsync(CancellationToken giveUp)
    {
        var retry = Task.Delay(RetryDelay, time, giveUp);
        while (!retry.IsCompleted)
        {
            TakeWaiting(int.MaxValue);
            _more ??= queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(_more, retry) == retry) break;
            if (!await _more) await retry; // nothing more will come
            _more = null;
        }

        await retry;
    }

    private void Store(SqliteConnection connection, LineInsert insert, LineAmend amend, string reason)
    {
        insert.Begin();
        foreach (var item in backlog.Markers(reason, time.Milliseconds()).Concat(backlog.Items))
        {
            // Amended first: the ids of earlier lines are kept until newer ones need their place.
            if (item is LineBatch { Live: { Amended.Length: > 0 } live }) amend.Amend(live);
            if (item is LineBatch lines) insert.Insert(lines);
            else if (item is TableChange change) connection.Execute(null, change.Sql, change.Parameters);
            else if (item is FreedPages pages) Free(connection, pages.Count);
        }

        insert.StoreCounts();
    }

    // It frees a page a step, so it is read to its end.
    private static void Free(SqliteConnection connection, int pages) =>
        connection.Query(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})"), _ => 0);

    [LoggerMessage(LogLevel.Debug, "Stored {Items} items with {Lines} new lines in {Milliseconds:0.0} ms")]
    private partial void LogStored(int items, int lines, double milliseconds);

    private static void Pass(StoreItem item) => (item as Barrier)?.Reached.TrySetResult();

    private static bool IsTransient(SqliteException e) => e.SqliteErrorCode
        is SqliteErrors.Busy or SqliteErrors.Locked or SqliteErrors.ReadOnly or SqliteErrors.InputOutput
        or SqliteErrors.Full or SqliteErrors.CannotOpen;
}
