using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// The only writer of lines: stores the queued items in one transaction, at once after a pause, at most every 5 ms at a low rate, and
/// continuously in a flood. When the database cannot be written, it buffers items within bounds and retries: no process waits for
/// that.
/// </summary>
internal sealed partial class BatchWriter(
    OvermindDatabase database, WriteQueue queue, WriteBuffer backlog, DatabaseRecovery rescue, StorageFaultFile trouble, TimeProvider time,
    ILogger<BatchWriter> logger)
{
    /// <summary>Of a batch. <see cref="InFlightLimit"/> keeps the number of waiting lines near or below it.</summary>
    public const int MaxLines = 4000;

    private const int BeatsBeforeCheckpoint = 5; // without anything to store
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private const string LogOverwritten = "its write-ahead log was overwritten";

    private Exception? _lastFault; // since something was stored
    private WriterConnection? _session;
    private Task<bool>? _more;
    private bool _isDamaged; // from the moment that is known until another database is there

    /// <summary>Why the last items could not be stored; null when they were.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Runs until the queue is complete and stored. After a fault it can be run again, and continues with its buffer.</summary>
    /// <param name="giveUp">Ends the retries for a database that cannot be written; buffered items are then lost, and logged.</param>
    public async Task RunAsync(CancellationToken giveUp)
    {
        try
        {
            await StoreAllAsync(giveUp);
        }
        catch (OperationCanceledException e) when (giveUp.IsCancellationRequested)
        {
            Failure = _lastFault ?? e;
            var lost = backlog.LostLines + backlog.LineCount;
            foreach (var item in backlog.Items) Pass(item);
            await foreach (var item in queue.Reader.ReadAllAsync(CancellationToken.None))
            {
                lost += item.LineCount;
                Pass(item);
            }

            logger.LogCritical(Failure, "Nothing can be stored any more; {Lines} lines were lost", lost);
        }
        finally
        {
            Close();
        }
    }

    private async Task StoreAllAsync(CancellationToken giveUp)
    {
        trouble.Clear(); // of a daemon that was killed
        while (backlog.Items.Count > 0 || await HasWorkAsync(giveUp))
        {
            var started = time.GetTimestamp();
            TakeWaiting();
            var (items, lines) = (backlog.Items.Count, backlog.LineCount);
            await StoreAsync(giveUp);
            LogStored(items, lines, time.GetElapsedTime(started).TotalMilliseconds);

            var rest = Interval - time.GetElapsedTime(started);
            if (lines < InFlightLimit.Enough && rest > TimeSpan.Zero) await RestAsync(rest, giveUp);
        }
    }

    // Waits for items; false when the queue is complete. Meanwhile checkpoints the log until the database contains all that needs to be there.
    private async Task<bool> HasWorkAsync(CancellationToken giveUp)
    {
        var more = queue.Reader.WaitToReadAsync(giveUp).AsTask();
        for (var quiet = 0; !more.IsCompleted && _session is { IsSettled: false } session;)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
            var due = Heartbeat.UntilAsync(() => session.HasLostItsLog || session.HasUnstoredCounts || (session.NeedsCheckpoint && ++quiet >= BeatsBeforeCheckpoint), over.Token);
            await Task.WhenAny(more, due);
            await over.CancelAsync();
            await due.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // nothing else may look at the connection now
            if (more.IsCompleted) break;
            if (session.HasLostItsLog) return true; // to be found and repaired as by a batch
            if (session.HasUnstoredCounts) return true; // an empty batch stores them
            if (session.TryCheckpoint(now: true)) continue;
            FindDamage(LogOverwritten);
            return true;
        }

        return await more || _session is { HasUnstoredCounts: true };
    }

    // Gathers the lines of a trickle into few transactions. A flood must not wait: its reader fills all the room there is in less time.
    private async Task RestAsync(TimeSpan rest, CancellationToken giveUp)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(giveUp);
        await Task.WhenAny(Task.Delay(rest, time, over.Token), queue.EnoughAsync());
        await over.CancelAsync();
        giveUp.ThrowIfCancellationRequested();
    }

    private void TakeWaiting()
    {
        while (backlog.LineCount < MaxLines && queue.Reader.TryRead(out var item)) backlog.Add(item);
    }

    private async Task StoreAsync(CancellationToken giveUp)
    {
        string? reason = null;
        try
        {
            while (await TryStoreAsync(reason, giveUp) is { } trouble) reason = trouble;
        }
        catch (Exception e) when (e is not OperationCanceledException && backlog.Items.Count > 1)
        {
            StoreOneByOne(e);
        }

        _lastFault = null;
        if (reason is not null) ReportRecovery();
        foreach (var item in backlog.Items) Pass(item);
        backlog.Clear();
    }

    private void Store(string reason)
    {
        _session ??= new WriterConnection(database, time);
        _session.Store(backlog.Markers(reason, time.Milliseconds()).Concat(backlog.Items));
        rescue.Remember(backlog.Items);
    }

    // One item that can never be stored must not keep all others from being stored.
    private void StoreOneByOne(Exception fault)
    {
        logger.LogError(fault, "A batch could not be stored; its parts are stored one by one");
        _session ??= new WriterConnection(database, time);
        var refused = 0;
        foreach (var item in backlog.Items)
        {
            try
            {
                _session.Store([item]);
                rescue.Remember([item]);
            }
            catch (Exception e)
            {
                logger.LogError(e, "This could not be stored, and is left out: {Item}", item is RowChange change ? change.Sql : item.GetType().Name);
                refused++;
            }
        }

        if (refused == backlog.Items.Count) throw new InvalidOperationException($"nothing can be stored ({fault.Message})", fault);
    }

    private void ReportRecovery()
    {
        logger.LogInformation("{Database} can be written again; {Lines} lines were lost", database.Folder.Database, backlog.LostLines);
        trouble.Clear();
    }

    private string WordsOfTrouble(string what)
    {
        var lost = backlog.LostLines == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {backlog.LostLines:N0} lines are lost so far");
        return $"{what}. The processes run on, and their newest output is kept in memory{lost}";
    }

    [LoggerMessage(LogLevel.Debug, "Stored {Items} items with {Lines} new lines in {Milliseconds:0.0} ms")]
    private partial void LogStored(int items, int lines, double milliseconds);

    private static void Pass(WriteItem item)
    {
        item.Release();
        (item as Barrier)?.Reached.TrySetResult();
    }

    /// <summary>One attempt to store the backlog; null when it is stored, or else why it is not.</summary>
    private async Task<string?> TryStoreAsync(string? reason, CancellationToken giveUp)
    {
        try
        {
            if (!_isDamaged && _session is { HasLostItsFile: false, HasLostItsLog: true }) FindDamage("its write-ahead log was truncated");
            if (!_isDamaged && backlog.Items.Any(item => item is Inspection)) await InspectAsync();
            if (_isDamaged) await RescueAsync(Repair);
            else if (_session is { HasLostItsFile: true }) await RescueAsync(Restore);
            Store(reason ?? "");
            if (_session!.TryCheckpoint()) return null;
            // The batch just stored lies behind the damage in the log, so it is stored again.
            return FindDamage(LogOverwritten);
        }
        catch (SqliteException e) when (SqliteErrors.IsDamaged(e) && !_isDamaged)
        {
            return FindDamage(e.Message);
        }
        catch (Exception e) when (e is SqliteException sqlite && (IsTransient(sqlite) || SqliteErrors.IsDamaged(sqlite)) || e is IOException or UnauthorizedAccessException)
        {
            _lastFault = e;
            if (reason is null) logger.LogError(e, "{Database} cannot be written; output is kept in memory meanwhile", database.Folder.Database);
            trouble.Write(WordsOfTrouble($"The daemon cannot write {database.Folder.Database} ({e.Message})"));
            await HoldUntilAsync(Task.Delay(RetryDelay, time, giveUp));
            return $"the database could not be written ({e.Message})";
        }
    }

    private string FindDamage(string how)
    {
        logger.LogError("{Database} is damaged: {How}", database.Folder.Database, how);
        _isDamaged = true;
        return $"the database was damaged ({how})";
    }

    private async Task InspectAsync()
    {
        _session ??= new WriterConnection(database, time);
        var inspection = Task.Run(_session.IsDamaged);
        await HoldUntilAsync(inspection);
        if (await inspection) FindDamage("an inspection found it");
    }

    private async Task RescueAsync(Func<string> how)
    {
        trouble.Write(WordsOfTrouble($"{database.Folder.Database} was deleted or damaged; the daemon is recreating it"));
        var rescuing = Task.Run(how);
        await HoldUntilAsync(rescuing);
        var words = await rescuing;
        logger.LogWarning("{Words}", words);
        backlog.Add(rescue.Notice(words));
        trouble.Clear();
    }

    private string Restore()
    {
        var words = rescue.Restore(_session!.Connection);
        Close();
        return words;
    }

    private string Repair()
    {
        Close();
        var words = rescue.Repair() ?? rescue.BeginAnew();
        _isDamaged = false;
        return words;
    }

    // For good: a connection to a file that has lost its name must not come back from the pool.
    private void Close()
    {
        if (_session is not { } session) return;
        SqliteConnection.ClearPool(session.Connection);
        session.Dispose();
        _session = null;
    }

    /// <summary>Buffers new items until a task completes, so that no process waits for the database.</summary>
    private async Task HoldUntilAsync(Task over)
    {
        foreach (var item in backlog.Items) item.Release();
        while (!over.IsCompleted)
        {
            while (queue.Reader.TryRead(out var item))
            {
                item.Release();
                backlog.Add(item);
            }

            _more ??= queue.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(_more, over) == over) break;
            if (!await _more) await over; // nothing more will come
            _more = null;
        }

        await over;
    }

    private static bool IsTransient(SqliteException e) => e.SqliteErrorCode
        is SqliteErrors.Busy or SqliteErrors.Locked or SqliteErrors.ReadOnly or SqliteErrors.InputOutput
        or SqliteErrors.Full or SqliteErrors.CannotOpen;
}
