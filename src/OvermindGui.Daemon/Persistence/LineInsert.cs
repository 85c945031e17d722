using System.Numerics;
using Microsoft.Data.Sqlite;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// The hot insert: many rows a statement save a third of SQLite's own work, most of it the upkeep of AUTOINCREMENT, so rows wait for others
/// of the transaction, whichever process printed those. (EF Core's SaveChanges stores 65 thousand lines a second.) Also keeps the counts of lines.
/// </summary>
internal sealed class LineInsert : IDisposable
{
    private const int RowsAtOnce = 32; // a power of two

    private readonly LineCounter _counter;
    private readonly PreparedStatement _count;
    private readonly ContentEncoder _content = new();
    private readonly RowInsert[] _inserts; // of 1, 2, 4, … rows
    private readonly LineRow[] _rows = new LineRow[RowsAtOnce];
    private readonly (LineIds? Ids, long Number)[] _live = new (LineIds?, long)[RowsAtOnce]; // who wants to know the id of the row, and as what
    private readonly Dictionary<int, long> _counts = [];
    private int _waiting;

    public LineInsert(SqliteConnection connection, LineCounter counter)
    {
        _counter = counter;
        _count = new PreparedStatement(connection, "UPDATE processes SET line_count = line_count + ?2 WHERE id = ?1");
        _inserts = [.. Enumerable.Range(0, BitOperations.Log2(RowsAtOnce) + 1).Select(power => new RowInsert(connection, _content, 1 << power))];
    }

    /// <summary>Forgets what a transaction that was rolled back had begun.</summary>
    public void Begin()
    {
        _counts.Clear();
        Forget();
    }

    /// <summary>Inserts the batch's new lines in the transaction that is open on the connection; the last ones wait for <see cref="Flush"/>.</summary>
    /// <exception cref="SqliteException">SQLite refused; nothing of the transaction counts.</exception>
    public void Insert(LineBatch batch)
    {
        var bytes = 0L;
        for (var i = 0; i < batch.Lines.Length; i++)
        {
            var content = _content.Add(batch.Lines[i]);
            bytes += content.Size;
            _live[_waiting] = (batch.Live?.Ids, (batch.Live?.FirstNumber ?? 0) + i);
            _rows[_waiting] = LineRow.Of(batch, i, content);
            if (++_waiting == RowsAtOnce) Flush();
        }

        if (batch.Lines.Length == 0) return;
        _counts[batch.ProcessId] = _counts.GetValueOrDefault(batch.ProcessId) + batch.Lines.Length;
        _counter.Add(batch, bytes);
    }

    /// <summary>Inserts the rows that wait for others: what follows may look at them.</summary>
    /// <exception cref="SqliteException">SQLite refused; nothing of the transaction counts.</exception>
    public void Flush()
    {
        for (var done = 0; done < _waiting;)
        {
            var power = BitOperations.Log2((uint)(_waiting - done));
            var first = _inserts[power].Insert(_rows.AsSpan(done, 1 << power));
            foreach (var (ids, number) in _live.AsSpan(done, 1 << power))
            {
                if (ids is not null) ids[number] = first;
                first++;
            }

            _counter.Covers(first - 1);

            done += 1 << power;
        }

        Forget();
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
        foreach (var insert in _inserts) insert.Dispose();
        _count.Dispose();
    }

    private void Forget()
    {
        _content.Clear();
        _waiting = 0;
    }
}
