using Microsoft.Data.Sqlite;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Inserts a number of lines by one statement. A parameter keeps its value from one execution to the next, and most columns of a flood have the
/// same in all rows: only what differs is bound.
/// </summary>
internal sealed class RowInsert(SqliteConnection connection, ContentEncoder content, int count) : IDisposable
{
    private const int Columns = 9;

    // A refused row fails the transaction, so SQLite need not be able to undo a statement alone, which would copy each page it changes.
    private readonly PreparedStatement _statement = new(
        connection,
        $"""
        INSERT OR FAIL INTO lines(text, style, process_id, run_id, time, stream, level, continues, fingerprint)
        VALUES {string.Join(", ", Enumerable.Range(0, count).Select(row => $"({string.Join(", ", Enumerable.Range(1 + row * Columns, Columns).Select(i => $"?{i}"))})"))}
        """);

    private readonly LineRow[] _bound = new LineRow[count];
    private bool _isBound; // what _bound says

    /// <summary>Inserts the rows; returns the id of the first one. The others follow it without a hole: there is one writer.</summary>
    /// <exception cref="SqliteException">SQLite refused; the transaction has to be rolled back.</exception>
    public long Insert(ReadOnlySpan<LineRow> rows)
    {
        var isBound = _isBound;
        _isBound = false; // should one be refused
        for (var i = 0; i < rows.Length; i++) Bind(1 + i * Columns, rows[i], ref _bound[i], isBound);
        _isBound = true;
        _statement.Execute();
        return _statement.LastInsertId - rows.Length + 1;
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(int first, in LineRow row, ref LineRow bound, bool isBound)
    {
        content.Bind(_statement, first, row.Content);
        if (!isBound || row.Process != bound.Process) _statement.Bind(first + 2, row.Process);
        if (!isBound || row.Run != bound.Run) _statement.Bind(first + 3, row.Run);
        if (!isBound || row.Time != bound.Time) _statement.Bind(first + 4, row.Time);
        if (!isBound || row.Stream != bound.Stream) _statement.Bind(first + 5, row.Stream);
        if (!isBound || row.Level != bound.Level) _statement.Bind(first + 6, row.Level);
        if (!isBound || row.Continues != bound.Continues) _statement.Bind(first + 7, row.Continues);
        if (!isBound || row.Fingerprint != bound.Fingerprint) _statement.Bind(first + 8, row.Fingerprint);
        bound = row;
    }
}
