using System.Diagnostics;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Keeps <c>line_counts</c>, and the bytes of each process, in step with <c>lines</c>, in the transactions of the writer: counts are gathered in memory and stored once a
/// second, and at once when lines are deleted. What a killed daemon had gathered is counted again from its lines, because
/// <c>counted_lines</c> says how far the counts go. Lines from before there were counts are counted in steps, the newest first.
/// </summary>
internal sealed class LineCounter(SqliteConnection connection, TimeProvider time) : IDisposable
{
    private const string Values = "?4, ?5, ?6, ?7, ?8";

    // A gap of more lines would hold the writer up for too long; they are counted in steps instead.
    private const long MostAtOnce = 50_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly PreparedStatement _add = new(
        connection,
        $"""
        INSERT INTO line_counts(width, start, process_id, none, debug, info, warn, error) VALUES (?1, ?2, ?3, {Values})
        ON CONFLICT DO UPDATE SET none = none + ?4, debug = debug + ?5, info = info + ?6, warn = warn + ?7, error = error + ?8
        """);

    // A span whose row is no longer kept gets none by a subtraction.
    private readonly PreparedStatement _change = new(
        connection,
        """
        UPDATE line_counts SET none = none + ?4, debug = debug + ?5, info = info + ?6, warn = warn + ?7, error = error + ?8
        WHERE width = ?1 AND start = ?2 AND process_id = ?3
        """);

    private readonly PreparedStatement _drop = new(
        connection, "DELETE FROM line_counts WHERE width = ?1 AND start = ?2 AND process_id = ?3 AND none + debug + info + warn + error <= 0");

    private readonly PreparedStatement _cover = new(connection, "UPDATE counted_lines SET from_id = ?1, to_id = ?2");

    private readonly PreparedStatement _size = new(connection, "INSERT INTO stored_bytes(process_id, bytes) VALUES (?1, max(0, ?2)) ON CONFLICT DO UPDATE SET bytes = max(0, bytes + ?2)");

    private readonly Dictionary<(int Process, long Second), LevelTally> _gathered = [];
    private readonly Dictionary<(int Process, long Second), LevelTally> _batch = [];
    private readonly Dictionary<int, long> _gatheredBytes = [];
    private readonly Dictionary<int, long> _batchBytes = [];
    private (long From, long To) _covered;
    private (long From, long To) _coveredByBatch;
    private long _stored = Stopwatch.GetTimestamp() - Stopwatch.Frequency;
    private bool _isReady;
    private bool _subtracts;
    private bool _hasStored;

    /// <summary>Whether something is gathered that no transaction has stored.</summary>
    public bool HasGathered => _gathered.Count > 0 || _gatheredBytes.Count > 0;

    /// <summary>Begins a transaction; what one that was rolled back has counted is forgotten.</summary>
    public void Begin()
    {
        _batch.Clear();
        _batchBytes.Clear();
        (_subtracts, _hasStored) = (false, false);
        if (!_isReady) Prepare();
        _coveredByBatch = _covered;
    }

    /// <summary>Counts lines of one read of a process.</summary>
    public void Add(LineBatch batch, long bytes)
    {
        Change(_batchBytes, batch.ProcessId, bytes);
        var tally = default(LevelTally);
        if (batch.Traits.Length == 0) tally = new LevelTally(batch.Lines.Length, 0, 0, 0, 0);
        else foreach (var traits in batch.Traits) tally += LevelTally.Of(traits.Level, 1);
        Change(_batch, batch.ProcessId, batch.Time, tally);
    }

    /// <summary>Lines up to this id are counted.</summary>
    public void Covers(long lastId) => _coveredByBatch.To = lastId;

    /// <summary>A stored line has another text now.</summary>
    public void Move(long id, int process, long time, (LineLevel Before, LineLevel After) level, long bytes)
    {
        if (id <= _covered.From) return;
        if (bytes != 0) Change(_batchBytes, process, bytes);
        if (level.Before == level.After) return;
        Change(_batch, process, time, LevelTally.Of(level.Before, -1) + LevelTally.Of(level.After, 1));
        _subtracts = true;
    }

    /// <summary>A stored line is deleted.</summary>
    public void Remove(long id, int process, long time, LineLevel level, long bytes)
    {
        if (id <= _covered.From) return;
        Change(_batchBytes, process, -bytes);
        Change(_batch, process, time, LevelTally.Of(level, -1));
        _subtracts = true;
    }

    /// <summary>Counts the newest so many lines that are not counted yet.</summary>
    public void GoBack(int lines)
    {
        var from = connection.Scalar("SELECT id FROM lines WHERE id <= $1 ORDER BY id DESC LIMIT 1 OFFSET $2", _covered.From, lines) as long? ?? 0;
        CountRange(from, _covered.From);
        _coveredByBatch.From = from;
        _subtracts = true; // so that it is stored now
    }

    /// <summary>Stores what was gathered, when it is time to, in the transaction that is open on the connection.</summary>
    /// <param name="now">Whether it is time, whenever it was stored last.</param>
    public void Store(bool now)
    {
        if (_batch.Count == 0 && _gathered.Count == 0 && _batchBytes.Count == 0) return;
        if (!now && !_subtracts && Stopwatch.GetElapsedTime(_stored) < Interval) return;
        var all = new Dictionary<(int Process, long Second), LevelTally>(_gathered); // the transaction may be rolled back
        foreach (var ((process, second), tally) in _batch) Change(all, process, second * 1000, tally);
        var clock = time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var width in CountWidth.All)
        {
            foreach (var group in all.GroupBy(g => (g.Key.Process, Start: width.StartOf(g.Key.Second))))
                StoreOne(width, group.Key.Start, group.Key.Process, group.Aggregate(default(LevelTally), (sum, part) => sum + part.Value), clock);
        }

        StoreBytes();
        _cover.Bind(1, _coveredByBatch.From);
        _cover.Bind(2, _coveredByBatch.To);
        _cover.Execute();
        _hasStored = true;
    }

    /// <summary>The transaction is committed.</summary>
    public void Commit()
    {
        _isReady = true;
        _covered = _coveredByBatch;
        if (_hasStored)
        {
            _gathered.Clear();
            _gatheredBytes.Clear();
            _stored = Stopwatch.GetTimestamp();
        }
        else
        {
            foreach (var ((process, second), tally) in _batch) Change(_gathered, process, second * 1000, tally);
            foreach (var (process, bytes) in _batchBytes) Change(_gatheredBytes, process, bytes);
        }
    }

    public void Dispose()
    {
        _add.Dispose();
        _change.Dispose();
        _drop.Dispose();
        _cover.Dispose();
        _size.Dispose();
    }

    private static void Change(Dictionary<(int Process, long Second), LevelTally> counts, int process, long time, LevelTally by)
    {
        var key = (process, (long)Math.Floor(time / 1000.0));
        counts[key] = counts.GetValueOrDefault(key) + by;
    }

    private static void Change(Dictionary<int, long> bytes, int process, long by) => bytes[process] = bytes.GetValueOrDefault(process) + by;

    private void StoreBytes()
    {
        var all = new Dictionary<int, long>(_gatheredBytes);
        foreach (var (process, bytes) in _batchBytes) Change(all, process, bytes);
        foreach (var (process, bytes) in all)
        {
            _size.Bind(1, process);
            _size.Bind(2, bytes);
            _size.Execute();
        }
    }

    private void StoreOne(CountWidth width, long start, int process, LevelTally tally, long now)
    {
        if (tally == default) return;
        var isAdded = tally is { None: >= 0, Debug: >= 0, Info: >= 0, Warn: >= 0, Error: >= 0 };
        if (isAdded && !width.Covers(start, now)) return;
        var statement = isAdded ? _add : _change;
        BindKey(statement);
        statement.Bind(4, tally.None);
        statement.Bind(5, tally.Debug);
        statement.Bind(6, tally.Info);
        statement.Bind(7, tally.Warn);
        statement.Bind(8, tally.Error);
        statement.Execute();
        if (isAdded) return;
        BindKey(_drop);
        _drop.Execute();

        void BindKey(PreparedStatement one)
        {
            one.Bind(1, width.Seconds);
            one.Bind(2, start);
            one.Bind(3, process);
        }
    }

    // In the first transaction on a file: how far its counts go, and the lines that were stored since.
    private void Prepare()
    {
        _gathered.Clear();
        _gatheredBytes.Clear();
        var last = (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM lines")!;
        var covered = connection.Query("SELECT from_id, to_id FROM counted_lines", row => (From: row.GetInt64(0), To: row.GetInt64(1)));
        if (covered is not [var (from, to)])
        {
            connection.Execute(null, "DELETE FROM stored_bytes");
            connection.Execute(null, "INSERT INTO counted_lines(id, from_id, to_id) VALUES (1, $1, $1)", last);
            _covered = (last, last);
        }
        else if (last <= to)
        {
            _covered = (from, to);
        }
        else if (connection.Scalar("SELECT id FROM lines WHERE id > $1 LIMIT 1 OFFSET $2", to, MostAtOnce) is null)
        {
            CountRange(to, last);
            _covered = (from, last);
        }
        else
        {
            connection.Execute(null, "DELETE FROM line_counts");
            connection.Execute(null, "DELETE FROM stored_bytes");
            connection.Execute(null, "UPDATE counted_lines SET from_id = $1, to_id = $1", last);
            _covered = (last, last);
        }
    }

    private void CountRange(long after, long last)
    {
        var lines = connection.Stream(
            $"SELECT process_id, time, level, {LineSize.Sql} FROM lines WHERE id > $1 AND id <= $2",
            row => (Process: row.GetInt32(0), Time: row.GetInt64(1), Level: LineLevels.FromStored(row.GetInt64(2)), Bytes: row.GetInt64(3)), after, last);
        foreach (var line in lines)
        {
            Change(_batch, line.Process, line.Time, LevelTally.Of(line.Level, 1));
            Change(_batchBytes, line.Process, line.Bytes);
        }
    }
}
