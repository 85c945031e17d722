using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>Reads pages of stored lines. The cost of a page does not depend on the size of the history. Not thread-safe.</summary>
/// <remarks>Uses plain SQLite: a busy page reads it with every frame, and EF Core would add a second to the dashboard's start-up.</remarks>
public sealed partial class OutputHistory(OvermindDatabase database)
{
    private const string Columns = "SELECT id, process_id, time, stream, text, style, run_id, level, continues FROM lines";

    private Dictionary<int, string> _names = [];

    /// <summary>The cleared lines as of the last call of another method; lines that it returned may have been cleared since.</summary>
    public ClearedLines Cleared { get; private set; } = ClearedLines.None;

    /// <summary>Highest stored id, including cleared lines; 0 when there is none.</summary>
    public long LastId()
    {
        using var connection = Open();
        return LastId(connection);
    }

    /// <summary>
    /// The newest lines above an id, at most <paramref name="limit"/>, in id order, and the highest stored id. During a flood it omits
    /// lines of the flooding processes only: processes below their share of the limit are complete.
    /// </summary>
    public (IReadOnlyList<OutputLine> Lines, long LastId) After(long id, int limit)
    {
        using var connection = Open();
        var last = LastId(connection);
        if (last <= id) return ([], id);
        return (last - id <= limit
            ? Read(connection, $"{Columns} WHERE id > $1 AND id <= $2 ORDER BY id", id, last)
            : NewestInShares(connection, id, last, limit), last);
    }

    private List<OutputLine> NewestInShares(SqliteConnection connection, long after, long last, int limit)
    {
        var share = limit / _names.Count;
        var quiet = new List<OutputLine>();
        var loud = new List<int>();
        foreach (var process in _names.Keys.ToList())
            if (Newest(process, share + 1).ToList() is var lines && lines.Count <= share) quiet.AddRange(lines);
            else loud.Add(process);
        var rest = SortedMerge.Of(loud.Select(process => Newest(process, limit)), line => line.Id, descending: true);
        return [.. quiet.Concat(rest.Take(limit - quiet.Count)).OrderBy(line => line.Id)];

        IEnumerable<OutputLine> Newest(int process, int most) => connection.Stream(
            $"{Columns} WHERE process_id = $1 AND id > $2 AND id <= $3 ORDER BY id DESC LIMIT $4",
            row => ToLine(connection, row), process, Math.Max(after, Cleared.UpTo(process)), last, most);
    }

    /// <summary>The oldest <paramref name="limit"/> lines between two ids, both exclusive, in id order.</summary>
    public IReadOnlyList<OutputLine> Between(long after, long before, ProcessFilter filter, int limit) =>
        Page(filter, after, before, newestFirst: false, limit);

    /// <summary>The newest <paramref name="limit"/> lines below an id, in id order.</summary>
    public IReadOnlyList<OutputLine> Before(long before, ProcessFilter filter, int limit) =>
        Page(filter, 0, before, newestFirst: true, limit);

    /// <summary>The newest <paramref name="limit"/> lines between two ids, both exclusive, in id order.</summary>
    public IReadOnlyList<OutputLine> NewestBetween(long after, long before, ProcessFilter filter, int limit) =>
        Page(filter, after, before, newestFirst: true, limit);

    // Includes cleared and deleted lines: an id that was returned before must not exceed the newest one.
    internal static long LastId(SqliteConnection connection) => Math.Max(
        (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM lines")!,
        connection.KnownProcesses().Select(p => p.ClearedId).DefaultIfEmpty().Max());

    private List<OutputLine> Page(ProcessFilter filter, long after, long before, bool newestFirst, int limit)
    {
        using var connection = Open();
        var order = newestFirst ? "DESC" : "ASC";
        List<OutputLine> page;
        if (IsPlain(filter, after))
            page = Read(connection, $"{Columns} WHERE id > $1 AND id < $2 ORDER BY id {order} LIMIT $3", after, before, limit);
        else
            // Merges one index range per shown process: a scan over the ids would read everything that hidden processes printed.
            page = [.. SortedMerge.Of(Shown(filter).Select(process => connection.Stream(
                $"{Columns} WHERE process_id = $4 AND id > $1 AND id < $2 ORDER BY id {order} LIMIT $3",
                row => ToLine(connection, row), Math.Max(after, Cleared.UpTo(process)), before, limit, process)), line => line.Id, newestFirst)
                .Take(limit)];
        if (newestFirst) page.Reverse();
        return page;
    }

    // Whether the filter selects every line above the id.
    private bool IsPlain(ProcessFilter filter, long after) => filter.IsEverything && Cleared.Highest <= after;

    private IEnumerable<int> Shown(ProcessFilter filter) => _names.Where(n => filter.Shows(n.Value)).Select(n => n.Key);

    private SqliteConnection Open()
    {
        var connection = database.OpenConnection();
        try
        {
            LoadProcesses(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private List<OutputLine> Read(SqliteConnection connection, string sql, params object?[] parameters) =>
        [.. connection.Stream(sql, row => Cleared.UpTo(row.GetInt32(1)) < row.GetInt64(0) ? ToLine(connection, row) : null, parameters).OfType<OutputLine>()];

    private OutputLine ToLine(SqliteConnection connection, SqliteDataReader row)
    {
        var process = row.GetInt32(1);
        if (!_names.TryGetValue(process, out var name))
        {
            LoadProcesses(connection); // added with its first line, after the connection was opened
            name = _names.GetValueOrDefault(process, "?");
        }

        var content = StyleRunCodec.Decode(row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5));
        return new OutputLine(row.GetInt64(0), name, row.GetInt64(2), (LineSource)row.GetInt32(3), content)
        {
            Run = row.Nullable<long?>(6),
            Traits = new LineTraits(LineLevels.FromStored(row.GetInt64(7)), row.GetInt64(8) != 0),
        };
    }

    private void LoadProcesses(SqliteConnection connection)
    {
        var processes = connection.KnownProcesses();
        _names = processes.ToDictionary(p => p.Id, p => p.Name);
        Cleared = new ClearedLines(processes);
    }
}
