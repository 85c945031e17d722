using System.Globalization;
using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Shipping;

/// <summary>The process that printed a line.</summary>
/// <param name="Name">Such as <c>web.2</c>.</param>
/// <param name="Entry">Such as <c>web</c>.</param>
public sealed record LineOwner(string Name, string Entry);

/// <summary>Lines that are to be shipped together.</summary>
/// <param name="Lines">In id order, except those that had been held back.</param>
/// <param name="Owners">By the process's id.</param>
/// <param name="Position">The position behind them.</param>
/// <param name="IsFull">Whether there is more.</param>
public sealed record SettledBatch(IReadOnlyList<Line> Lines, IReadOnlyDictionary<int, LineOwner> Owners, ShippingPosition Position, bool IsFull);

/// <summary>
/// Reads lines for a target that cannot change them later, so each only when it has settled: nothing has changed it for a while, or its
/// daemon ends. A line that a program goes on changing, such as a progress bar, is held back alone; the lines after it do not wait for it.
/// </summary>
public sealed class SettledLines(OvermindDatabase database, ShippingPosition position, TimeSpan settleTime, TimeProvider time)
{
    /// <summary>Lines of one batch at most.</summary>
    public const int MostLines = 2_000;

    private const int MostCharacters = 1_000_000;

    /// <summary>How long a line has to stay as it is.</summary>
    public static readonly TimeSpan UsualSettleTime = TimeSpan.FromSeconds(2);

    private readonly Dictionary<long, long> _changed = []; // line → timestamp
    private long? _amendment;

    /// <summary>How far it is.</summary>
    public ShippingPosition Position { get; private set; } = position;

    /// <summary>What has settled since the position; null when the project has another database now.</summary>
    /// <param name="all">Whether everything counts as settled.</param>
    public SettledBatch? Read(bool all)
    {
        using var connection = database.OpenConnection();
        using var moment = connection.BeginTransaction(deferred: true);
        if (DatabaseIdentity.NameOf(connection) != Position.Database) return null;
        NoteChanges(connection);
        var (from, held) = Known(connection);
        var due = held.Where(id => all || !IsChanging(id)).ToHashSet();
        var lines = due.Count == 0 ? [] : connection.Query($"{LocalLines.Columns} WHERE id IN (SELECT value FROM json_each($1)) ORDER BY id", LocalLines.ToLine, $"[{Text(due)}]");
        var waiting = held.Where(id => !due.Contains(id)).ToList();
        var (last, characters, isFull) = (from, 0, false);
        foreach (var line in connection.Query($"{LocalLines.Columns} WHERE id > $1 ORDER BY id LIMIT {MostLines}", LocalLines.ToLine, from))
        {
            if (!all && IsYoung(line)) break;
            last = line.Id;
            if (!all && IsChanging(line.Id)) waiting.Add(line.Id);
            else lines.Add(line);
            isFull = lines.Count >= MostLines || (characters += line.Text.Length) >= MostCharacters;
            if (isFull) break;
        }

        var cleared = LocalLines.ClearedForGood(connection);
        return new SettledBatch(
            [.. lines.Where(line => cleared.GetValueOrDefault(line.ProcessId) < line.Id)], Owners(connection), new ShippingPosition(Position.Database, last, waiting), isFull);
    }

    /// <summary>The batch has been shipped.</summary>
    public void Accept(SettledBatch batch) => Position = batch.Position;

    /// <summary>Ids with commas between them.</summary>
    public static string Text(IEnumerable<long> ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    private void NoteChanges(SqliteConnection connection)
    {
        var now = time.GetTimestamp();
        foreach (var old in _changed.Where(c => time.GetElapsedTime(c.Value, now) >= settleTime).Select(c => c.Key).ToList()) _changed.Remove(old);
        var newest = LocalLines.Number(connection, "SELECT coalesce(max(id), 0) FROM amendments");
        foreach (var line in connection.Query("SELECT line_id FROM amendments WHERE id > $1", row => row.GetInt64(0), _amendment ?? newest)) _changed[line] = now;
        _amendment = newest;
    }

    // A machine that lost power may have lost its newest lines, and gives their ids to others.
    private (long From, IReadOnlyList<long> Held) Known(SqliteConnection connection)
    {
        var last = LocalLines.LastId(connection);
        return last >= Position.LineId ? (Position.LineId, Position.Held) : (last, [.. Position.Held.Where(id => id <= last)]);
    }

    private bool IsChanging(long line) => _changed.ContainsKey(line);

    // A time in the future is one of a clock that was set back since.
    private bool IsYoung(Line line)
    {
        var age = time.GetUtcNow().ToUnixTimeMilliseconds() - line.Time;
        return Math.Abs(age) < settleTime.TotalMilliseconds;
    }

    private static Dictionary<int, LineOwner> Owners(SqliteConnection connection) => connection.Query(
        "SELECT p.id, p.name, coalesce(s.entry, p.name) FROM processes p LEFT JOIN process_status s ON s.process_name = p.name",
        row => (row.GetInt32(0), new LineOwner(row.GetString(1), row.GetString(2)))).ToDictionary();
}
