using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace OvermindGui.Core.Output;

/// <summary>
/// The texts of a range of lines as one, joined by SQLite with line ends between and looked at without a copy: a line costs a fraction of
/// what a row in our hands costs. Not thread-safe.
/// </summary>
public sealed class JoinedLines : IDisposable
{
    /// <summary>Is in no line.</summary>
    public const byte LineEnd = (byte)'\n';

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="conditions">On columns of <c>lines</c>, without parameters.</param>
    public JoinedLines(SqliteConnection connection, params IEnumerable<string> conditions)
    {
        _database = connection.Handle!;
        var sql = $"SELECT group_concat(text, char({LineEnd})), count(*) FROM lines NOT INDEXED WHERE {string.Join(" AND ", conditions.Prepend("id > ?1 AND id < ?2"))}";
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Uses the texts between two ids, both exclusive, in UTF-8, and their number.</summary>
    public T Read<T>(long after, long before, Func<ReadOnlySpan<byte>, long, T> use)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, after));
        Check(raw.sqlite3_bind_int64(_statement, 2, before));
        try
        {
            var result = raw.sqlite3_step(_statement);
            if (result != raw.SQLITE_ROW) SqliteException.ThrowExceptionForRC(result, _database);
            return use(raw.sqlite3_column_blob(_statement, 0), raw.sqlite3_column_int64(_statement, 1));
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _database);
    }
}
