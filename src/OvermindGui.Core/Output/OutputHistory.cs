using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Output;

/// <summary>Reads pages of stored lines. The cost of a page does not depend on the size of the history. Not thread-safe.</summary>
/// <remarks>Uses plain SQLite: a busy page reads it with every frame, and EF Core would add a second to the dashboard's start-up.</remarks>
public sealed class OutputHistory(OvermindDatabase database)
{
    private const string OldestColumns = "id, process_id, time, stream, text, style, run_id";

    // Each index entry also needs a table lookup, which measured four times slower than a line read in sequence.
    private const int ScanIsCheaperFrom = 4;

    private Dictionary<int, string> _names = [];

    // An older daemon stores no levels: its lines are shown without.
    private bool _hasLevels;

    private string Columns => $"SELECT {OldestColumns}, {(_hasLevels ? "level, continues" : "0 AS level, 0 AS continues")} FROM lines";

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
        _hasLevels = _hasLevels || connection.HasColumn("lines", "level");
    }

    /// <summary>Id of the newest entry in the change log, 0 when there has never been one.</summary>
    public long LastAmendment()
    {
        using var connection = Open();
        return LastAmendment(connection);
    }

    /// <summary>
    /// Lines up to <paramref name="lastLine"/> that changed after an entry of the change log, in id order, the newest entry, and whether
    /// entries were missed because they were removed or exceed <paramref name="limit"/>.
    /// </summary>
    public (IReadOnlyList<OutputLine> Lines, long LastAmendment, bool Missed) AmendedAfter(long amendment, long lastLine, int limit)
    {
        using var connection = Open();
        var last = LastAmendment(connection);
        if (last <= amendment) return ([], amendment, false);
        var oldest = (long)connection.Scalar("SELECT coalesce(min(id), 0) FROM amendments")!;
        var lines = Read(
            connection,
            $"{Columns} WHERE id IN (SELECT line_id FROM amendments WHERE id > $1 AND id <= $2) AND id <= $3 ORDER BY id DESC LIMIT $4",
            amendment, last, lastLine, limit + 1);
        lines.Reverse();
        var missed = oldest > amendment + 1 || lines.Count > limit;
        return (lines, last, missed);
    }

    /// <summary>
    /// All lines that may have changed since the given id was the newest, in id order. Only the newest lines of a process can change, so
    /// there are few; lines that certainly did not change are omitted.
    /// </summary>
    public IReadOnlyList<OutputLine> MayHaveChanged(long upTo, ProcessFilter filter)
    {
        using var connection = Open();
        var changed = connection.Query("SELECT DISTINCT line_id FROM amendments WHERE line_id <= $1", row => row.GetInt64(0), upTo).ToHashSet();
        var logIsWhole = connection.Scalar("SELECT coalesce(min(id), 1) FROM amendments") is 1L;
        return [.. Shown(filter).SelectMany(process => connection.Query(
                $"{Columns} WHERE process_id = $1 AND id > $2 AND id <= $3 ORDER BY id DESC LIMIT $4",
                row => ToLine(connection, row), process, Cleared.UpTo(process), upTo, LineAssembler.LiveLines))
            .Where(line => !logIsWhole || changed.Contains(line.Id)).OrderBy(line => line.Id)];
    }

    private static long LastAmendment(SqliteConnection connection) =>
        (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM amendments")!;

    /// <summary>Id of the oldest stored line, including cleared ones; 0 when there is none.</summary>
    public long FirstId()
    {
        using var connection = Open();
        return (long)connection.Scalar("SELECT coalesce(min(id), 0) FROM lines")!;
    }

    /// <summary>Matching lines between two ids, both exclusive, in the requested order.</summary>
    internal List<OutputLine> Matches(LineFilter filter, long after, long before, bool newestFirst, int limit) =>
        Find(null, filter, after, before, newestFirst, limit, ToLine);

    /// <summary>Like <see cref="Matches"/>, but returns only ids.</summary>
    internal List<long> MatchIds(LineFilter filter, long after, long before, bool newestFirst, int limit) =>
        Find("SELECT id FROM lines", filter, after, before, newestFirst, limit, (_, row) => row.GetInt64(0));

    /// <summary>The given lines that match now, in id order.</summary>
    public IReadOnlyList<OutputLine> MatchesAmong(IReadOnlyCollection<long> ids, LineFilter filter) =>
        ids.Count == 0 ? [] : Find(
            null, filter, ids.Min() - 1, ids.Max() + 1, newestFirst: false, int.MaxValue, ToLine, ids);

    /// <summary>How many of these lines each process printed; lines that are gone do not count.</summary>
    public IReadOnlyDictionary<string, long> CountByProcess(IEnumerable<long> ids)
    {
        using var connection = Open();
        return connection.Query(
            "SELECT process_id, count(*) FROM lines WHERE id IN (SELECT value FROM json_each($1)) GROUP BY process_id",
            row => (Name: _names.GetValueOrDefault(row.GetInt32(0), "?"), Count: row.GetInt64(1)), $"[{string.Join(',', ids)}]").ToDictionary(c => c.Name, c => c.Count);
    }

    private List<T> Find<T>(
        string? select, LineFilter filter, long after, long before, bool newestFirst, int limit,
        Func<SqliteConnection, SqliteDataReader, T> read, IEnumerable<long>? among = null)
    {
        using var connection = Open();
        select ??= Columns;
        var texts = new TextCondition(connection, filter.Texts);
        List<object?> parameters = [after, before, limit];
        List<string> textConditions = ["id > $1", "id < $2", .. texts.Sql(parameters)];
        List<string> conditions = [];
        conditions.AddRange(Shown(filter.Processes)
            .Where(process => Cleared.UpTo(process) > after)
            .Select(process => $"(process_id <> {process} OR id > {Cleared.UpTo(process)})"));
        if (!filter.Levels.IsAll && _hasLevels) conditions.Add($"level IN ({string.Join(',', filter.Levels.Shown().Select(level => (int)level))})");
        if (filter.Since is { } since) conditions.Add($"time >= {since}");
        if (filter.Until is { } until) conditions.Add($"time <= {until}");
        if (filter.Run is { } run) conditions.Add($"run_id = {run}");
        if (among is not null) conditions.Add($"id IN ({string.Join(',', among)})");
        var scans = true;
        if (!filter.Processes.IsEverything)
        {
            var shown = string.Join(',', Shown(filter.Processes));
            conditions.Add($"process_id IN ({shown})");
            scans = IsScanCheaper(connection, shown);
            if (scans) select += " NOT INDEXED";
        }

        var sql = $"{select} WHERE {string.Join(" AND ", textConditions.Concat(conditions))} ORDER BY id {(newestFirst ? "DESC" : "ASC")} LIMIT $3";
        using var blocks = scans && among is null ? BlockScan.Create(connection, filter.Texts, conditions) : null;
        var found = new List<T>();
        foreach (var (start, end) in blocks?.Ranges(after, before, newestFirst) ?? [(after, before)])
        {
            (parameters[0], parameters[1], parameters[2]) = (start, end, limit - found.Count);
            found.AddRange(connection.Query(sql, row => read(connection, row), [.. parameters]));
            if (found.Count == limit) break;
        }

        texts.ThrowIfTimedOut();
        return found;
    }

    private static bool IsScanCheaper(SqliteConnection connection, string shown) => connection.Scalar(
        $"SELECT sum(line_count) FILTER (WHERE id IN ({shown})) * {ScanIsCheaperFrom} >= sum(line_count) FROM processes") is 1L;

    /// <summary>Every process that has ever had output or a run here, in order of first appearance.</summary>
    public IReadOnlyList<string> ProcessNames()
    {
        using var connection = Open();
        return [.. _names.OrderBy(n => n.Key).Select(n => n.Value)];
    }

    /// <summary>Number of stored lines of each process, and the ids of its oldest and newest, 0 when there is none.</summary>
    public IReadOnlyList<OutputExtent> Extents()
    {
        using var connection = Open();
        return [.. connection.KnownProcesses().Select(process => connection.Query(
            """
            SELECT (SELECT min(id) FROM lines WHERE process_id = $1 AND id > $2), (SELECT max(id) FROM lines WHERE process_id = $1 AND id > $2)
            """,
            row => new OutputExtent(process.Name, process.LineCount, row.Nullable<long>(0), row.Nullable<long>(1)),
            process.Id, process.ClearedId)[0])];
    }

    /// <summary>
    /// The newest lines of every process up to an id, at most <paramref name="count"/> of each, in id order. Omits the oldest ones when all
    /// texts together exceed <paramref name="maxCharacters"/>.
    /// </summary>
    public IReadOnlyList<OutputLine> NewestOfEach(int count, long upTo, int maxCharacters)
    {
        using var connection = Open();
        var newest = SortedMerge.Of(Shown(ProcessFilter.Everything).Select(process => connection.Stream(
            $"{Columns} WHERE process_id = $1 AND id > $2 AND id <= $3 ORDER BY id DESC LIMIT $4",
            row => ToLine(connection, row), process, Cleared.UpTo(process), upTo, count)), line => line.Id, descending: true);
        List<OutputLine> lines = [.. newest.TakeWhile(line => (maxCharacters -= line.Content.Text.Length) >= 0)];
        lines.Reverse();
        return lines;
    }

    /// <summary>Id of the <paramref name="count"/>th newest shown line up to an id, or null when there are fewer.</summary>
    public long? NewestId(ProcessFilter filter, long count, long upTo)
    {
        using var connection = Open();
        if (IsPlain(filter, after: 0))
            return (long?)connection.Scalar("SELECT id FROM lines WHERE id <= $1 ORDER BY id DESC LIMIT 1 OFFSET $2", upTo, count - 1);

        // A covering index answers this: ten million lines are counted without reading one.
        const string Newest = "SELECT id FROM lines WHERE process_id = $1 AND id <= $2 AND id > $4 ORDER BY id DESC LIMIT $3";
        var ids = Shown(filter).Select(
            process => connection.Stream(Newest, row => row.GetInt64(0), process, upTo, count, Cleared.UpTo(process)));
        long seen = 0;
        foreach (var id in SortedMerge.Of(ids, id => id, descending: true))
            if (++seen == count) return id;
        return null;
    }

    /// <summary>The highest id up to the given one whose line was read before a time, 0 when there is none.</summary>
    public long LastIdBefore(long time, long upTo)
    {
        using var connection = Open();
        return LinePlace.LastIdBefore(connection, time, upTo);
    }
}

/// <summary>Statistics of the stored output of a process.</summary>
public sealed record OutputExtent(string Process, long LineCount, long FirstId, long LastId);
