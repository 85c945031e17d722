using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>The writer's connection to the file that has the database's name now, and its prepared statements.</summary>
internal sealed class WriterConnection : IDisposable
{
    // Other writers hold the lock briefly. The writer waits for a longer one itself, because it can drain the queue while it waits.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromMilliseconds(250);

    private readonly OvermindDatabase _database;
    private readonly FileIdentity? _file;
    private readonly WriteTransaction _transaction;
    private readonly LineCounter _counter;
    private readonly LineInsert _insert;
    private readonly LineUpdate _amend;
    private readonly WriteAheadLog _log;
    private readonly LogCheckpoints _checkpoints;

    public WriterConnection(OvermindDatabase database, TimeProvider time)
    {
        _database = database;
        Connection = database.OpenWriter();
        Connection.Execute(null, $"PRAGMA busy_timeout = {BusyTimeout.TotalMilliseconds:0}");
        _file = FileIdentity.Of(database.Folder.Database);
        _transaction = new WriteTransaction(Connection);
        _counter = new LineCounter(Connection, time);
        _insert = new LineInsert(Connection, _counter);
        _amend = new LineUpdate(Connection, _counter);
        _log = new WriteAheadLog(Connection, () => database.Folder.Database + "-wal");
        _log.Note();
        _checkpoints = new LogCheckpoints(database, _file);
    }

    public SqliteConnection Connection { get; }

    /// <summary>The file was deleted or replaced; this connection still has the old one.</summary>
    public bool HasLostItsFile => IsInPlace && FileIdentity.Of(_database.Folder.Database) != _file;

    /// <summary>The write-ahead log was truncated or deleted, and with it all data that was only there.</summary>
    public bool HasLostItsLog => IsInPlace && _log.IsTruncated();

    // A folder that was just moved is followed within a second, and the connection has its files meanwhile.
    private bool IsInPlace => Directory.Exists(_database.Folder.Data);

    /// <summary>Reads log and file as a whole; true when they are not what SQLite has written.</summary>
    public bool IsDamaged() => !_log.IsIntact() || Connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)) is not ["ok"];

    /// <summary>The file has all that is in the log, and the counts of all lines.</summary>
    public bool IsSettled => _log.IsInDatabase && !HasUnstoredCounts;

    /// <summary>The log holds more than what can wait there for the next checkpoint.</summary>
    public bool NeedsCheckpoint { get; private set; } = true; // for what a daemon that was killed has left

    /// <summary>Lines are stored whose counts are not yet; a transaction without lines stores them.</summary>
    public bool HasUnstoredCounts => _counter.HasGathered;

    /// <summary>
    /// Brings the log into the file when that is due. False when the log is not what SQLite has written; the file is untouched then. What
    /// has been stored is stored, whether the file can take it now or not.
    /// </summary>
    public bool TryCheckpoint(bool now = false)
    {
        try
        {
            _log.Note();
            if (!now) return _checkpoints.Continue(_log.Missing);
            if (!_checkpoints.Finish()) return false;
            _log.Note();
            return true;
        }
        catch (SqliteException e) when (!SqliteErrors.IsDamaged(e))
        {
            return true; // the disk is full, or a reader is active; the log grows until the checkpoint succeeds
        }
        catch (SqliteException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true; // the log cannot be verified now
        }
    }

    /// <summary>Stores all of it, or nothing.</summary>
    /// <exception cref="SqliteException">SQLite refused; nothing of it counts.</exception>
    public void Store(IEnumerable<WriteItem> items)
    {
        if (_log.IsInDatabase) NeedsCheckpoint = false;
        _transaction.Run(() => Write(items));
        _counter.Commit();
    }

    private void Write(IEnumerable<WriteItem> items)
    {
        _insert.Begin();
        _counter.Begin();
        var hasLines = false;
        foreach (var item in items)
        {
            if (item is not LineBatch { Live: null or { LooksBack: false } }) _insert.Flush();
            // Amended first: the ids of earlier lines are kept until newer ones need their place.
            if (item is LineBatch { Live: { } live } amended)
            {
                _amend.Amend(amended.ProcessId, live);
                live.Ids.Hold(live.Held);
            }

            NeedsCheckpoint |= item is not RowChange { CanWait: true };
            hasLines |= item is LineBatch;
            if (item is LineBatch lines) _insert.Insert(lines);
            else if (item is RowChange change) Connection.Execute(null, change.Sql, change.Parameters);
            else if (item is FreedPages pages) Free(pages.Count);
            else if (item is LineDeletion deletion) LineDelete.Run(Connection, deletion, _counter);
            else if (item is CountBackfill backfill) _counter.GoBack(backfill.Lines);
        }

        _insert.Flush();
        _insert.StoreCounts();
        _counter.Store(now: !hasLines);
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _insert.Dispose();
        _amend.Dispose();
        _counter.Dispose();
        _checkpoints.Dispose();
        _log.Dispose();
        Connection.Dispose();
    }

    // It frees a page a step, so it is read to its end.
    private void Free(int pages) =>
        Connection.Query(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({pages})"), _ => 0);
}
