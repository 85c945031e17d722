using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Gives the daemon a database again after its file was deleted, replaced or damaged. Nothing is deleted.</summary>
internal sealed class DatabaseRecovery(OvermindDatabase database, Registration registration, TimeProvider time)
{
    // What only the daemon could say again, by what it is about: states, plans, the newest runs.
    private readonly SortedDictionary<string, RowChange> _latest = new(StringComparer.Ordinal);
    private string? _damagedFile; // set aside, and the new one may take more than one attempt

    /// <summary>Notes what has been stored and may have to be said again.</summary>
    public void Remember(IReadOnlyList<WriteItem> items)
    {
        foreach (var item in items)
            if (item is RowChange { About: { } about } change) _latest[about] = change;
    }

    /// <summary>A line about it in the row <c>system</c>.</summary>
    public LineBatch Notice(string text) =>
        new(registration.SystemProcessId, null, LineSource.Notice, time.Milliseconds(), [StyledLine.Plain(text)]);

    /// <summary>Writes out the deleted file to which only our connections still refer. A file in its place is set aside.</summary>
    /// <returns>A readable description of what was done.</returns>
    public string Restore(SqliteConnection held)
    {
        var path = database.Folder.Database;
        var aside = File.Exists(path) ? QuarantinedFile.Move(database.Folder, "foreign", withLog: false, time) : null;
        var copy = path + ".restored";
        File.Delete(copy);
        PrivateFile.Create(copy).Dispose();
        held.Execute(null, "VACUUM INTO $1", copy);
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString()))
        {
            connection.Open();
            connection.Execute(null, "PRAGMA journal_mode = WAL");
            DatabaseIdentity.Keep(connection, copy);
        }

        AtomicDatabaseFile.PutInPlace(copy, path);
        CloseConnections();
        return aside is null
            ? $"{ProjectFolder.DatabaseFileName} was deleted while the daemon used it; it was written again, with all that was in it"
            : $"{ProjectFolder.DatabaseFileName} was replaced while the daemon used it; the other file was set aside as {aside}, and ours written again";
    }

    /// <summary>
    /// Makes a sound database of the file and of what the write-ahead log holds up to its damage, and sets both aside. Null when the file is
    /// damaged as well.
    /// </summary>
    public string? Repair()
    {
        CloseConnections();
        string? until = null;
        if (!AtomicDatabaseFile.TryRepair(database.Folder, Fill, () => _damagedFile = QuarantinedFile.Move(database.Folder, "corrupt", withLog: true, time)))
            return null;
        CloseConnections(); // of what was opened before the file had lost its name
        return Words();

        void Fill(SqliteConnection connection)
        {
            if (connection.Scalar("SELECT max(time) FROM lines") is long newest)
                until = DateTimeOffset.FromUnixTimeMilliseconds(newest).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            SayAgain(connection, Words());
        }

        string Words() =>
            $"{ProjectFolder.DatabaseFileName}-wal was truncated or overwritten while the daemon used it; the database was repaired with the output "
            + $"up to {until ?? "its beginning"}, and what was there was set aside{(_damagedFile is null ? "" : $" as {_damagedFile}")}";
    }

    /// <summary>Sets the damaged file aside and creates a new one with everything that the daemon itself knows.</summary>
    /// <returns>A readable description of what was done.</returns>
    public string BeginAnew()
    {
        CloseConnections();
        if (File.Exists(database.Folder.Database)) _damagedFile = QuarantinedFile.Move(database.Folder, "corrupt", withLog: true, time);
        var words = $"{ProjectFolder.DatabaseFileName} was damaged while the daemon used it; it was set aside as {_damagedFile}, with all output so far, and a new one begun";
        AtomicDatabaseFile.Make(database.Folder, connection => SayAgain(connection, words));
        CloseConnections(); // of what was opened before the file had lost its name
        return words;
    }

    private static void CloseConnections() => SqliteConnection.ClearAllPools();

    private void SayAgain(SqliteConnection connection, string warning)
    {
        // Behind the old ids, wherever those ended: readers know lines by them, and the daemon commands.
        foreach (var table in (string[])["lines", "daemon_commands", "failure_hits"])
            BeginBehind(connection, table, time.GetUtcNow().ToUnixTimeSeconds());
        registration.Repeat(connection, time);
        foreach (var change in _latest.Values) connection.Execute(null, change.Sql, change.Parameters);
        connection.Execute(null, "UPDATE daemons SET warning = $2 WHERE id = $1", registration.DaemonId, warning);
    }

    private static void BeginBehind(SqliteConnection connection, string table, long id)
    {
        var known = connection.Scalar("SELECT max(seq) FROM sqlite_sequence WHERE name = $1", table) as long? ?? 0;
        connection.Execute(null, "DELETE FROM sqlite_sequence WHERE name = $1", table);
        connection.Execute(null, "INSERT INTO sqlite_sequence(name, seq) VALUES ($1, $2)", table, Math.Max(known, id));
    }
}
