using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Brings the write-ahead log into the database, most of it beside the writer, which commits meanwhile: on a thread and two connections of their
/// own. What is committed once the log has been verified must stay where it is, so one connection reads the database as it was before, while the
/// other one copies: SQLite copies nothing that is newer than what the oldest reader sees. The log can begin again only when the database has
/// all of it, so the writer brings the rest itself. To be used by the writer's thread.
/// </summary>
/// <param name="file">The writer's database: another one may have its name by now.</param>
internal sealed class LogCheckpoints(OvermindDatabase database, FileIdentity? file) : IDisposable
{
    // Frames of 4 KiB that the database does not have.
    private const long Enough = 700; // for a pass beside the writer
    private const long Most = 1_000; // the writer waits for the pass then

    private SqliteConnection? _reader;
    private SqliteConnection? _copier;
    private WriteAheadLog? _log;
    private Task<bool>? _pass;
    private long _heldUp; // frames that other readers still needed when the last one ended

    /// <summary>Goes on with it, as the log demands. False when that was found not to be what SQLite has written.</summary>
    /// <param name="missing">Number of frames that the database does not have.</param>
    /// <exception cref="SqliteException">An attempt has failed; a later one may succeed.</exception>
    public bool Continue(long missing)
    {
        if (_pass is { IsCompleted: false } && missing < Most) return true;
        if (_pass is not null) return Finish();
        if (missing - _heldUp < Enough) return true;
        _pass = Task.Factory.StartNew(Pass, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return true;
    }

    /// <summary>Brings all of it into the database, but for what readers still need. False when the log is not what SQLite has written.</summary>
    /// <exception cref="SqliteException">The database cannot be written now.</exception>
    public bool Finish()
    {
        if (_pass is { } pass)
        {
            _pass = null;
            if (!pass.GetAwaiter().GetResult()) return false;
        }

        if (!TryOpen()) return true;
        if (!_log!.TryCheckpoint()) return false;
        _heldUp = _log.Missing;
        return true;
    }

    public void Dispose()
    {
        ((Task?)_pass)?.ContinueWith(_ => { }, TaskScheduler.Default).Wait(); // whatever becomes of it: what it leaves is verified again
        Close();
    }

    private bool Pass()
    {
        if (!TryOpen()) return true;
        _reader!.Execute(null, "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1");
        try
        {
            return _log!.TryCheckpoint();
        }
        finally
        {
            _reader!.Execute(null, "ROLLBACK");
        }
    }

    // False when the name is another file's, which the writer finds as well.
    private bool TryOpen()
    {
        if (_log is not null) return true;
        try
        {
            _reader = database.OpenUnpooled();
            _copier = database.OpenUnpooled();
            if (FileIdentity.Of(database.Folder.Database) == file) _log = new WriteAheadLog(_copier, () => database.Folder.Database + "-wal");
        }
        finally
        {
            if (_log is null) Close();
        }

        return _log is not null;
    }

    private void Close()
    {
        _log?.Dispose();
        _copier?.Dispose();
        _reader?.Dispose();
        (_log, _copier, _reader) = (null, null, null);
    }
}
