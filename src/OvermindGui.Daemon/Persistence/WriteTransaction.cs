using Microsoft.Data.Sqlite;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// A transaction that takes the write lock at once, or fails after the connection's busy timeout. (SqliteConnection's own transaction
/// retries for at least a second, during which the queue is not drained.) One per connection, reused.
/// </summary>
internal sealed class WriteTransaction(SqliteConnection connection) : IDisposable
{
    private readonly PreparedStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly PreparedStatement _commit = new(connection, "COMMIT");
    private readonly PreparedStatement _rollback = new(connection, "ROLLBACK");

    /// <exception cref="SqliteException">SQLite refused; nothing of it counts.</exception>
    public void Run(Action work)
    {
        _begin.Execute();
        try
        {
            work();
            _commit.Execute();
        }
        catch
        {
            // Some errors have rolled it back already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0) _rollback.Execute();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }
}
