using System.Text;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Terminal;
using SQLitePCL;

namespace OvermindGui.Daemon.Output;

/// <summary>
/// The hot insert, on the statement of SQLite itself: EF Core's SaveChanges stores 65 thousand lines a second, a prepared
/// <see cref="SqliteCommand"/> costs as much CPU again as SQLite's own work. Also keeps the count of lines per process.
/// </summary>
internal sealed class LineInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _count;
    private readonly StyleRunEncoder _style = new();
    private readonly Dictionary<int, long> _counts = [];
    private byte[] _utf8 = new byte[1024];

    public LineInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        _insert = Prepare("INSERT INTO lines(process_id, run_id, time, stream, text, style) VALUES (?, ?, ?, ?, ?, ?)");
        _count = Prepare("UPDATE processes SET line_count = line_count + ?2 WHERE id = ?1");
    }

    /// <summary>Forgets what a transaction that was rolled back had counted.</summary>
    public void Begin() => _counts.Clear();

    /// <summary>Inserts the lines in the transaction that is open on the connection.</summary>
    /// <exception cref="SqliteException">SQLite refused; nothing of the transaction counts.</exception>
    public void Insert(LineBatch batch)
    {
        Check(raw.sqlite3_bind_int(_insert, 1, batch.ProcessId));
        Check(batch.RunId is { } run ? raw.sqlite3_bind_int64(_insert, 2, run) : raw.sqlite3_bind_null(_insert, 2));
        Check(raw.sqlite3_bind_int64(_insert, 3, batch.Time));
        Check(raw.sqlite3_bind_int(_insert, 4, (int)batch.Source));
        foreach (var line in batch.Lines)
        {
            BindText(line.Text);
            var style = _style.Encode(line);
            Check(style.IsEmpty ? raw.sqlite3_bind_null(_insert, 6) : raw.sqlite3_bind_text(_insert, 6, style));
            Step(_insert);
        }

        _counts[batch.ProcessId] = _counts.GetValueOrDefault(batch.ProcessId) + batch.Lines.Length;
    }

    /// <summary>Adds what was inserted since <see cref="Begin"/> to the counts, in the same transaction.</summary>
    public void StoreCounts()
    {
        foreach (var (process, lines) in _counts)
        {
            Check(raw.sqlite3_bind_int(_count, 1, process));
            Check(raw.sqlite3_bind_int64(_count, 2, lines));
            Step(_count);
        }
    }

    public void Dispose()
    {
        _insert.Dispose();
        _count.Dispose();
    }

    private void BindText(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_utf8.Length < most) _utf8 = new byte[most];
        var length = Encoding.UTF8.GetBytes(text, _utf8);
        Check(raw.sqlite3_bind_text(_insert, 5, _utf8.AsSpan(0, length)));
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        return statement;
    }

    private void Step(sqlite3_stmt statement)
    {
        var result = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement); // repeats the result of the step, so only that one is looked at
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _database);
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(result, _database);
    }
}
