using Microsoft.Data.Sqlite;
using OvermindGui.Core.Posix;
using SQLitePCL;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// A statement of SQLite itself, for what runs once a line: a prepared <see cref="SqliteCommand"/> costs as much CPU again as SQLite's own
/// work. Every method throws <see cref="SqliteException"/> where SQLite refuses.
/// </summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly nint _handle; // of _statement, for the calls of which there are many a line

    public PreparedStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _handle = _statement.DangerousGetHandle();
    }

    /// <summary>The row id that the last insert on the connection made.</summary>
    public long LastInsertId => raw.sqlite3_last_insert_rowid(_database);

    public void Bind(int parameter, long value) => Check(NativeSqlite.BindNumber(_handle, parameter, value));

    public void BindNull(int parameter) => Check(NativeSqlite.BindNull(_handle, parameter));

    public void Bind(int parameter, long? value)
    {
        if (value is { } number) Bind(parameter, number);
        else BindNull(parameter);
    }

    /// <summary>Binds a text where it is: it must not move or change before the statement has run.</summary>
    public unsafe void BindInPlace(int parameter, byte* utf8, int length) => Check(NativeSqlite.BindText(_handle, parameter, utf8, length));

    /// <summary>Runs it; what was bound stays bound.</summary>
    public void Execute()
    {
        var result = NativeSqlite.Step(_handle);
        NativeSqlite.Reset(_handle);
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _database);
    }

    /// <summary>The first three columns of the first row, whole numbers; null when there is no row.</summary>
    public (long First, long Second, long Third)? ReadNumbers()
    {
        var result = raw.sqlite3_step(_statement);
        (long, long, long)? numbers = result == raw.SQLITE_ROW
            ? (raw.sqlite3_column_int64(_statement, 0), raw.sqlite3_column_int64(_statement, 1), raw.sqlite3_column_int64(_statement, 2))
            : null;
        raw.sqlite3_reset(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) SqliteException.ThrowExceptionForRC(result, _database);
        return numbers;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _database);
    }
}
