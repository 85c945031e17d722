using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.EndToEnd.Support;

/// <summary>
/// A project folder with a stored log that the test itself goes on writing, as a daemon does, to the line and the moment. It is for a
/// dashboard without a daemon.
/// </summary>
internal sealed class StoredLog : IDisposable
{
    private readonly TestFolder _folder;
    private readonly OvermindDatabase _database;
    private readonly Dictionary<string, long> _processes = [];

    /// <param name="procfile">For the list of the page; nothing runs.</param>
    public StoredLog(params string[] procfile)
    {
        _folder = new TestFolder(procfile);
        _database = OvermindDatabase.In(Folder);
        NewDatabase.Create(_database, Environment.ProcessId, 1_700_000_000);
    }

    public ProjectFolder Folder => _folder.Folder;

    /// <param name="style">Style runs as they are stored.</param>
    /// <returns>The id of the line.</returns>
    public long Append(
        string process, string text, string? style = null, LineSource source = LineSource.Terminal, LineLevel level = LineLevel.None, bool continues = false,
        DateTimeOffset? time = null)
    {
        using var connection = _database.OpenConnection();
        if (!_processes.TryGetValue(process, out var id))
            _processes[process] = id = Insert(connection, "INSERT INTO processes(name, line_count) VALUES ($1, 0)", process);
        return Insert(
            connection, "INSERT INTO lines(process_id, time, stream, text, style, level, continues) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id, time?.ToUnixTimeMilliseconds() ?? 1_700_000_000_000, (int)source, text, style, (int)level, continues ? 1 : 0);
    }

    /// <summary>Stores a run of a process; the lines so far that are in no run are its.</summary>
    public void AddRun(string process, long id, DateTimeOffset from, DateTimeOffset until, int exitCode)
    {
        using var connection = _database.OpenConnection();
        connection.Execute(
            null, "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) VALUES ($1, $2, 1, 1, $3, $4, $5, 'start', 0)",
            id, _processes[process], from.ToUnixTimeMilliseconds() / 1000.0, until.ToUnixTimeMilliseconds() / 1000.0, exitCode);
        connection.Execute(null, "UPDATE lines SET run_id = $1 WHERE run_id IS NULL AND process_id = $2", id, _processes[process]);
    }

    /// <summary>Counts all stored lines for the timeline, as the daemon does while it stores them.</summary>
    public void Count()
    {
        using var connection = _database.OpenConnection();
        connection.Execute(null, "DELETE FROM line_counts");
        foreach (var width in CountWidth.All)
            connection.Execute(
                null,
                """
                INSERT INTO line_counts SELECT $1, time / 1000 / $1 * $1 AS start, process_id, sum(level = 0), sum(level = 1), sum(level = 2), sum(level = 3), sum(level = 4)
                FROM lines GROUP BY start, process_id
                """,
                width.Seconds);
        connection.Execute(null, "INSERT INTO counted_lines(id, from_id, to_id) VALUES (1, 0, 0) ON CONFLICT DO NOTHING");
    }

    /// <summary>Stores many lines in one transaction.</summary>
    public void AppendMany(string process, IEnumerable<string> texts)
    {
        Append(process, "many follow");
        using var connection = _database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        foreach (var text in texts)
            connection.Execute(
                transaction, "INSERT INTO lines(process_id, time, stream, text) VALUES ($1, $2, $3, $4)",
                _processes[process], 1_700_000_000_000, (int)LineSource.Terminal, text);
        transaction.Commit();
    }

    /// <summary>Changes a stored line.</summary>
    public void Amend(long id, string text)
    {
        using var connection = _database.OpenConnection();
        using var transaction = connection.BeginTransaction();
        connection.Execute(transaction, "UPDATE lines SET text = $2, style = NULL WHERE id = $1", id, text);
        connection.Execute(transaction, "INSERT INTO amendments(line_id) VALUES ($1)", id);
        transaction.Commit();
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static long Insert(SqliteConnection connection, string sql, params object?[] parameters)
    {
        connection.Execute(null, sql, parameters);
        return (long)connection.Scalar("SELECT last_insert_rowid()")!;
    }
}
