using System.Text;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Terminal;
using SQLitePCL;

namespace OvermindGui.Daemon.Output;

/// <summary>
/// The hot insert, on statements of SQLite itself: EF Core's SaveChanges stores 65 thousand lines a second, a prepared
/// <see cref="SqliteCommand"/> costs as much CPU again as SQLite's own work, and many rows a statement save a third of that, most of it
/// the upkeep of AUTOINCREMENT. Also keeps the count of lines per process.
/// </summary>
internal sealed class LineInsert : IDisposable
{
    private const int RowsAtOnce = 16;

    // A reader that is further behind starts over.
    private const int AmendmentsKept = 10_000;
    private const int AmendmentsPruned = 1_000;

    // Of the batch: ?1 process, ?2 run, ?3 time, ?4 stream. Of each row: text and style.
    private const int FirstOfRows = 5;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insertMany;
    private readonly sqlite3_stmt _insertOne;
    private readonly sqlite3_stmt _count;
    private readonly sqlite3_stmt _amend;
    private readonly sqlite3_stmt _logAmendment;
    private readonly sqlite3_stmt _pruneAmendments;
    private readonly StyleRunEncoder _style = new();
    private readonly Dictionary<int, long> _counts = [];
    private byte[] _utf8 = new byte[1024];

    public LineInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        _insertMany = Prepare(InsertOf(RowsAtOnce));
        _insertOne = Prepare(InsertOf(1));
        _count = Prepare("UPDATE processes SET line_count = line_count + ?2 WHERE id = ?1");
        _amend = Prepare("UPDATE lines SET text = ?2, style = ?3 WHERE id = ?1");
        _logAmendment = Prepare("INSERT INTO amendments(line_id) VALUES (?1)");
        _pruneAmendments = Prepare("DELETE FROM amendments WHERE id <= ?1");
    }

    /// <summary>Forgets what a transaction that was rolled back had counted.</summary>
    public void Begin() => _counts.Clear();

    /// <summary>Stores the lines in the transaction that is open on the connection.</summary>
    /// <exception cref="SqliteException">SQLite refused; nothing of the transaction counts.</exception>
    public void Insert(LineBatch batch)
    {
        // Ids are kept for the newest lines only: those of earlier ones are asked for before new ones take their place.
        if (batch.Live is { } live) Amend(live);
        var rest = batch.Lines.AsSpan();
        if (rest.Length >= RowsAtOnce) BindBatch(_insertMany, batch);
        for (; rest.Length >= RowsAtOnce; rest = rest[RowsAtOnce..]) InsertRows(_insertMany, batch, rest.Length, rest[..RowsAtOnce]);
        if (rest.Length > 0) BindBatch(_insertOne, batch);
        for (; rest.Length > 0; rest = rest[1..]) InsertRows(_insertOne, batch, rest.Length, rest[..1]);
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
        _insertMany.Dispose();
        _insertOne.Dispose();
        _count.Dispose();
        _amend.Dispose();
        _logAmendment.Dispose();
        _pruneAmendments.Dispose();
    }

    private static string InsertOf(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row => $"(?1, ?2, ?3, ?4, ?{FirstOfRows + row * 2}, ?{FirstOfRows + row * 2 + 1})");
        return $"INSERT INTO lines(process_id, run_id, time, stream, text, style) VALUES {string.Join(", ", values)}";
    }

    private void BindBatch(sqlite3_stmt statement, LineBatch batch)
    {
        Check(raw.sqlite3_bind_int(statement, 1, batch.ProcessId));
        Check(batch.RunId is { } run ? raw.sqlite3_bind_int64(statement, 2, run) : raw.sqlite3_bind_null(statement, 2));
        Check(raw.sqlite3_bind_int64(statement, 3, batch.Time));
        Check(raw.sqlite3_bind_int(statement, 4, (int)batch.Source));
    }

    private void InsertRows(sqlite3_stmt statement, LineBatch batch, int remaining, ReadOnlySpan<StyledLine> lines)
    {
        var parameter = FirstOfRows;
        foreach (var line in lines)
        {
            BindContent(statement, parameter, line);
            parameter += 2;
        }

        Step(statement);
        if (batch.Live is not { } live) return;
        var number = live.FirstNumber + batch.Lines.Length - remaining;
        var firstId = raw.sqlite3_last_insert_rowid(_database) - lines.Length + 1; // one writer: a statement's ids have no holes
        for (var i = 0; i < lines.Length; i++) live.Ids[number + i] = firstId + i;
    }

    private void Amend(LiveLines live)
    {
        foreach (var (number, content) in live.Amended)
        {
            var id = live.Ids[number];
            Check(raw.sqlite3_bind_int64(_amend, 1, id));
            BindContent(_amend, 2, content);
            Step(_amend);
            Check(raw.sqlite3_bind_int64(_logAmendment, 1, id));
            Step(_logAmendment);
            var entry = raw.sqlite3_last_insert_rowid(_database);
            if (entry % AmendmentsPruned != 0) continue;
            Check(raw.sqlite3_bind_int64(_pruneAmendments, 1, entry - AmendmentsKept));
            Step(_pruneAmendments);
        }
    }

    private void BindContent(sqlite3_stmt statement, int parameter, in StyledLine line)
    {
        BindText(statement, parameter, line.Text);
        var style = _style.Encode(line);
        Check(style.IsEmpty ? raw.sqlite3_bind_null(statement, parameter + 1) : raw.sqlite3_bind_text(statement, parameter + 1, style));
    }

    private void BindText(sqlite3_stmt statement, int parameter, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_utf8.Length < most) _utf8 = new byte[most];
        var length = Encoding.UTF8.GetBytes(text, _utf8);
        Check(raw.sqlite3_bind_text(statement, parameter, _utf8.AsSpan(0, length)));
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
