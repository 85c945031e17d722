using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// The hot insert: many rows a statement save a third of SQLite's own work, most of it the upkeep of AUTOINCREMENT. (EF Core's SaveChanges
/// stores 65 thousand lines a second.) Also keeps the counts of lines.
/// </summary>
internal sealed class LineInsert(SqliteConnection connection, LineCounter counter) : IDisposable
{
    private const int RowsAtOnce = 16;

    // Of the batch: ?1 process, ?2 run, ?3 time, ?4 stream. Of each row: text, style, level, whether it continues, and the error it names.
    private const int FirstOfRows = 5;
    private const int OfEachRow = 5;

    private readonly ContentBinder _content = new();
    private readonly PreparedStatement _insertMany = new(connection, InsertOf(RowsAtOnce));
    private readonly PreparedStatement _insertOne = new(connection, InsertOf(1));
    private readonly PreparedStatement _count = new(connection, "UPDATE processes SET line_count = line_count + ?2 WHERE id = ?1");
    private readonly Dictionary<int, long> _counts = [];
    private long _bytes; // of the batch

    /// <summary>Forgets what a transaction that was rolled back had counted.</summary>
    public void Begin() => _counts.Clear();

    /// <summary>Inserts the batch's new lines in the transaction that is open on the connection.</summary>
    /// <exception cref="SqliteException">SQLite refused; nothing of the transaction counts.</exception>
    public void Insert(LineBatch batch)
    {
        var rest = batch.Lines.AsSpan();
        _bytes = 0;
        if (rest.Length >= RowsAtOnce) BindBatch(_insertMany, batch);
        for (; rest.Length >= RowsAtOnce; rest = rest[RowsAtOnce..]) InsertRows(_insertMany, batch, rest.Length, rest[..RowsAtOnce]);
        if (rest.Length > 0) BindBatch(_insertOne, batch);
        for (; rest.Length > 0; rest = rest[1..]) InsertRows(_insertOne, batch, rest.Length, rest[..1]);
        if (batch.Lines.Length == 0) return;
        _counts[batch.ProcessId] = _counts.GetValueOrDefault(batch.ProcessId) + batch.Lines.Length;
        counter.Add(batch, _insertOne.LastInsertId, _bytes);
    }

    /// <summary>Adds what was inserted since <see cref="Begin"/> to the counts, in the same transaction.</summary>
    public void StoreCounts()
    {
        foreach (var (process, lines) in _counts)
        {
            _count.Bind(1, process);
            _count.Bind(2, lines);
            _count.Execute();
        }
    }

    public void Dispose()
    {
        _insertMany.Dispose();
        _insertOne.Dispose();
        _count.Dispose();
    }

    private static string InsertOf(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row => FirstOfRows + row * OfEachRow)
            .Select(first => $"(?1, ?2, ?3, ?4, ?{first}, ?{first + 1}, ?{first + 2}, ?{first + 3}, ?{first + 4})");
        return $"INSERT INTO lines(process_id, run_id, time, stream, text, style, level, continues, fingerprint) VALUES {string.Join(", ", values)}";
    }

    private static void BindBatch(PreparedStatement statement, LineBatch batch)
    {
        statement.Bind(1, batch.ProcessId);
        if (batch.RunId is { } run) statement.Bind(2, run);
        else statement.BindNull(2);
        statement.Bind(3, batch.Time);
        statement.Bind(4, (int)batch.Source);
    }

    private static LineTraits TraitsOf(LineBatch batch, int line) => batch.Traits.Length > 0 ? batch.Traits[line] : LineTraits.Neutral;

    private void InsertRows(PreparedStatement statement, LineBatch batch, int remaining, ReadOnlySpan<StyledLine> lines)
    {
        var done = batch.Lines.Length - remaining;
        for (var i = 0; i < lines.Length; i++)
            _bytes += _content.Bind(statement, FirstOfRows + OfEachRow * i, lines[i], TraitsOf(batch, done + i), isOutput: batch.Source != LineSource.Notice);
        statement.Execute();
        if (batch.Live is not { } live) return;
        var number = live.FirstNumber + done;
        var firstId = statement.LastInsertId - lines.Length + 1; // one writer: a statement's ids have no holes
        for (var i = 0; i < lines.Length; i++) live.Ids[number + i] = firstId + i;
    }
}
