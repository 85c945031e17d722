using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Data;

namespace OvermindGui.Daemon.Storage;

/// <summary>Copies what can still be read of a damaged database. A page that cannot be read costs the lines on it, not the others.</summary>
internal sealed class Salvage : IDisposable
{
    private const int LinesAtOnce = 1_000;

    // Small tables are copied whole or not at all; then the daemon's own knowledge has to do.
    private static readonly string[] SmallTables =
        ["sqlite_sequence", "processes", "daemons", "runs", "process_status", "daemon_commands", "clearings", "failure_hits"];

    // Nobody waits longer for old lines; those that are left out are still in the file that was set aside.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly bool _isReadable;

    /// <param name="connection">To the new database, outside of a transaction.</param>
    public Salvage(SqliteConnection connection, string damaged, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        try
        {
            connection.Execute(null, "ATTACH $1 AS damaged", damaged);
            _isReadable = true;
        }
        catch (SqliteException e) when (IsUnreadable(e))
        {
            // Nothing can be read; that is told by what Copy returns.
        }
    }

    /// <returns>How much was copied, for people.</returns>
    public string Copy()
    {
        foreach (var table in _isReadable ? SmallTables : []) TryCopy(_connection, table);
        // Ids go on behind the old ones also when nobody knows where those ended.
        foreach (var table in (string[])["lines", "daemon_commands", "failure_hits"]) BeginIdsBehind(_connection, table, _time.GetUtcNow().ToUnixTimeSeconds());
        return _isReadable
            ? string.Create(CultureInfo.InvariantCulture, $"the {CopyLines(_connection, _time):N0} lines that could be read")
            : "none of its lines, because nothing in it could be read";
    }

    public void Dispose()
    {
        if (_isReadable) _connection.Execute(null, "DETACH damaged");
    }

    private static void TryCopy(SqliteConnection connection, string table)
    {
        try
        {
            connection.Execute(null, $"INSERT OR REPLACE INTO main.{table} SELECT * FROM damaged.{table}");
        }
        catch (SqliteException e) when (IsUnreadable(e))
        {
            // it is told how much was lost of the lines; of these the daemon knows what counts
        }
    }

    private static void BeginIdsBehind(SqliteConnection connection, string table, long id)
    {
        if (connection.Scalar("SELECT seq FROM sqlite_sequence WHERE name = $1", table) is null)
            connection.Execute(null, "INSERT INTO sqlite_sequence(name, seq) VALUES ($1, $2)", table, id);
    }

    private static long CopyLines(SqliteConnection connection, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var copied = 0L;
        var newest = (long)connection.Scalar("SELECT seq FROM sqlite_sequence WHERE name = 'lines'")!;
        var oldest = OldestLine(connection) ?? 0;
        for (var id = newest; id >= oldest && time.GetElapsedTime(started) < Patience; id -= LinesAtOnce) copied += TryCopyLines(connection, id);
        return copied;
    }

    private static long? OldestLine(SqliteConnection connection)
    {
        try
        {
            return connection.Scalar("SELECT min(id) FROM damaged.lines") as long?;
        }
        catch (SqliteException e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    private static int TryCopyLines(SqliteConnection connection, long last)
    {
        try
        {
            connection.Execute(null, "INSERT OR IGNORE INTO main.lines SELECT * FROM damaged.lines WHERE id > $1 AND id <= $2", last - LinesAtOnce, last);
            return (int)(long)connection.Scalar("SELECT changes()")!;
        }
        catch (SqliteException e) when (IsUnreadable(e))
        {
            return 0;
        }
    }

    // "No such table" where the page is damaged that lists them.
    private static bool IsUnreadable(SqliteException e) => SqliteErrors.IsDamaged(e) || e.SqliteErrorCode == SqliteErrors.Error;
}
