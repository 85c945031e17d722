using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

// What is done while the database cannot be written, or is not the one it was.
internal sealed partial class BatchWriter
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private const string LogOverwritten = "its write-ahead log was overwritten";

    private bool _isDamaged; // from the moment that is known until another database is there

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
            trouble.Tell(WordsOfTrouble($"The daemon cannot write {database.Folder.Database} ({e.Message})"));
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
        _session ??= new WriterConnection(database);
        var inspection = Task.Run(_session.IsDamaged);
        await HoldUntilAsync(inspection);
        if (await inspection) FindDamage("an inspection found it");
    }

    private async Task RescueAsync(Func<string> how)
    {
        trouble.Tell(WordsOfTrouble($"{database.Folder.Database} was deleted or damaged; the daemon writes it anew"));
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
