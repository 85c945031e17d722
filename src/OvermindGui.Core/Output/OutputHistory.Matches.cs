using Microsoft.Data.Sqlite;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>Finds lines by text in a range of the history; <see cref="TextSearch"/> builds on it.</summary>
public sealed partial class OutputHistory
{
    // Each index entry also needs a table lookup, which measured four times slower than a line read in sequence.
    private const int ScanIsCheaperFrom = 4;

    /// <summary>Id of the oldest stored line, including cleared ones; 0 when there is none.</summary>
    public long FirstId()
    {
        using var connection = Open();
        return (long)connection.Scalar("SELECT coalesce(min(id), 0) FROM lines")!;
    }

    /// <summary>Matching lines between two ids, both exclusive, in the requested order.</summary>
    internal List<OutputLine> Matches(LineFilter filter, long after, long before, bool newestFirst, int limit) =>
        Find(Columns, filter, after, before, newestFirst, limit, ToLine);

    /// <summary>Like <see cref="Matches"/>, but returns only ids.</summary>
    internal List<long> MatchIds(LineFilter filter, long after, long before, bool newestFirst, int limit) =>
        Find("SELECT id FROM lines", filter, after, before, newestFirst, limit, (_, row) => row.GetInt64(0));

    /// <summary>The given lines that match now, in id order.</summary>
    public IReadOnlyList<OutputLine> MatchesAmong(IReadOnlyCollection<long> ids, LineFilter filter) =>
        ids.Count == 0 ? [] : Find(
            Columns, filter, ids.Min() - 1, ids.Max() + 1, newestFirst: false, int.MaxValue, ToLine, ids);

    private List<T> Find<T>(
        string select, LineFilter filter, long after, long before, bool newestFirst, int limit,
        Func<SqliteConnection, SqliteDataReader, T> read, IEnumerable<long>? among = null)
    {
        using var connection = Open();
        var texts = new TextCondition(connection, filter.Texts);
        List<object?> parameters = [after, before, limit];
        List<string> conditions = ["id > $1", "id < $2", .. texts.Sql(parameters)];
        conditions.AddRange(Shown(filter.Processes)
            .Where(process => Cleared.UpTo(process) > after)
            .Select(process => $"(process_id <> {process} OR id > {Cleared.UpTo(process)})"));
        if (!filter.Levels.IsAll) conditions.Add($"level IN ({string.Join(',', filter.Levels.Shown().Select(level => (int)level))})");
        if (filter.Since is { } since) conditions.Add($"time >= {since}");
        if (filter.Until is { } until) conditions.Add($"time <= {until}");
        if (filter.Run is { } run) conditions.Add($"run_id = {run}");
        if (among is not null) conditions.Add($"id IN ({string.Join(',', among)})");
        if (!filter.Processes.IsEverything)
        {
            var shown = string.Join(',', Shown(filter.Processes));
            conditions.Add($"process_id IN ({shown})");
            if (IsScanCheaper(connection, shown)) select += " NOT INDEXED";
        }

        var found = connection.Query(
            $"{select} WHERE {string.Join(" AND ", conditions)} ORDER BY id {(newestFirst ? "DESC" : "ASC")} LIMIT $3",
            row => read(connection, row), [.. parameters]);
        texts.ThrowIfTimedOut();
        return found;
    }

    private static bool IsScanCheaper(SqliteConnection connection, string shown) => connection.Scalar(
        $"SELECT sum(line_count) FILTER (WHERE id IN ({shown})) * {ScanIsCheaperFrom} >= sum(line_count) FROM processes") is 1L;
}
