using System.Text;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Reading;

/// <summary>Reads the lines of many projects: pages of the history in the order of time, and what is new since cursors.</summary>
public sealed class HubLog(HubDatabase hub, TimeProvider time)
{
    /// <summary>Lines of one answer at most.</summary>
    public const int MostLines = 2_000;

    // Each of so many processes is read by itself, from its newest line on; of more, all lines of a span of time are.
    private const int ReadOneByOne = 64;

    private const string Columns = "project_id, id, process_id, run_id, time, stream, text, style, level, continues";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstSpan = TimeSpan.FromHours(1);

    /// <summary>The newest lines before a place, or the newest of all.</summary>
    /// <exception cref="HubRequestException">A name is unknown, or the expression is none.</exception>
    public async Task<HubLinePage> PageAsync(HubLineFilter filter, HubPosition? before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = await HubSource.FindAsync(connection, filter, cancellationToken);
        if (sources.Count == 0) return new HubLinePage([], null, true);
        return await GuardAsync(() => filter.Searches || sources.Count > ReadOneByOne
            ? BySpansAsync(connection, filter, sources, before, limit, cancellationToken)
            : OneByOneAsync(connection, filter, sources, before, limit, cancellationToken));
    }

    /// <summary>The oldest lines at or after a place, oldest first, without those that are younger than now: a place in the history and what follows it.</summary>
    /// <exception cref="HubRequestException">A name is unknown, or the expression is none.</exception>
    public async Task<HubLinesAfter> AfterAsync(HubLineFilter filter, HubPosition from, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = await HubSource.FindAsync(connection, filter, cancellationToken);
        if (sources.Count == 0) return new HubLinesAfter([], null);
        var (started, newest) = (time.GetTimestamp(), await NewestAsync(connection, cancellationToken));
        var (start, span) = (from.Time, (long)FirstSpan.TotalMilliseconds);
        var found = new List<HubLine>();
        while (true)
        {
            await using var read = new NpgsqlCommand { Connection = connection };
            var conditions = Conditions(read, filter, "l.");
            read.CommandText = $"""
                SELECT {ColumnsOf("l")}
                FROM overmind.lines l JOIN {HubSource.Table(read, sources)} ON s.project = l.project_id AND s.process = l.process_id AND l.id > s.cleared
                WHERE l.time >= {read.Add(start)} AND l.time < {read.Add(start + span)}{conditions}
                  AND (l.time, l.project_id, l.id) >= ({read.Add(from.Time)}, {read.Add(from.Project)}, {read.Add(from.Id)})
                ORDER BY l.time, l.project_id, l.id LIMIT {read.Add(limit + 1 - found.Count)}
                """;
            found.AddRange(await GuardAsync(() => ReadAsync(read, sources, cancellationToken)));
            if (found.Count > limit) return new HubLinesAfter(found[..limit], found[limit].Position);
            (start, span) = (start + span, span * 4);
            if (start > newest) return new HubLinesAfter(found, null);
            if (time.GetElapsedTime(started) > Patience) return new HubLinesAfter(found, new HubPosition(start, 0, 0));
        }
    }

    /// <summary>The place of a line; null when it is not here any more.</summary>
    /// <param name="project">The project's number in the hub.</param>
    public async Task<HubPosition?> PlaceOfAsync(int project, long line, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        await using var ask = new NpgsqlCommand("SELECT time FROM overmind.lines WHERE project_id = $1 AND id = $2", connection) { Parameters = { new() { Value = project }, new() { Value = line } } };
        return await ask.ExecuteScalarAsync(cancellationToken) is long at ? new HubPosition(at, project, line) : null;
    }

    /// <summary>What is new since the cursors; without them nothing, but the cursors of now.</summary>
    /// <exception cref="HubRequestException">A name is unknown, or the expression is none.</exception>
    public async Task<HubTail> TailAsync(HubLineFilter filter, HubCursors? after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        var sources = await HubSource.FindAsync(connection, filter, cancellationToken);
        var ends = await EndsAsync(connection, [.. sources.Select(s => s.Project).Distinct()], cancellationToken);
        if (after is null) return new HubTail([], new HubCursors(ends));

        var news = ends.Where(end => end.Value > after.Lines.GetValueOrDefault(end.Key)).ToList();
        if (news.Count == 0) return new HubTail([], new HubCursors(ends));
        await using var read = new NpgsqlCommand { Connection = connection };
        var conditions = Conditions(read, filter, "");
        var text = $"""
            SELECT l.* FROM unnest({read.Add(news.Select(n => n.Key).ToArray())}, {read.Add(news.Select(n => after.Lines.GetValueOrDefault(n.Key)).ToArray())}, {read.Add(news.Select(n => n.Value).ToArray())}) c(project, after, up_to)
            CROSS JOIN LATERAL (
              SELECT {Columns} FROM overmind.lines
              WHERE project_id = c.project AND id > c.after AND id <= c.up_to{conditions}
                AND (project_id, process_id) IN (SELECT * FROM unnest({read.Add(sources.Select(s => s.Project).ToArray())}, {read.Add(sources.Select(s => s.Process).ToArray())}))
              ORDER BY id LIMIT {read.Add(limit)}) l
            """;
        read.CommandText = text;
        var found = await GuardAsync(() => ReadAsync(read, sources, cancellationToken));
        var next = ends.ToDictionary();
        foreach (var cut in found.GroupBy(line => line.ProjectId).Where(lines => lines.Count() == limit)) next[cut.Key] = cut.Max(line => line.Line.Id);
        return new HubTail([.. found.OrderBy(line => line.Line.Time).ThenBy(line => line.ProjectId).ThenBy(line => line.Line.Id)], new HubCursors(next));
    }

    private static async Task<T> GuardAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidRegularExpression)
        {
            throw new HubRequestException($"regex: {e.MessageText}");
        }
    }

    private static async Task<HubLinePage> OneByOneAsync(
        NpgsqlConnection connection, HubLineFilter filter, IReadOnlyList<HubSource> sources, HubPosition? before, int limit, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand { Connection = connection };
        var conditions = Conditions(read, filter, "") + Before(read, before, "");
        read.CommandText = $"""
            SELECT l.* FROM {HubSource.Table(read, sources)}
            CROSS JOIN LATERAL (
              SELECT {Columns} FROM overmind.lines
              WHERE project_id = s.project AND process_id = s.process AND id > s.cleared{conditions}
              ORDER BY id DESC LIMIT {read.Add(limit + 1)}) l
            ORDER BY l.time DESC, l.project_id DESC, l.id DESC LIMIT {read.Add(limit + 1)}
            """;
        var found = await ReadAsync(read, sources, cancellationToken);
        return Page(found, limit, null);
    }

    // Spans that grow: what is sought is mostly recent, and each question ends in time.
    private async Task<HubLinePage> BySpansAsync(
        NpgsqlConnection connection, HubLineFilter filter, IReadOnlyList<HubSource> sources, HubPosition? before, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var oldest = Math.Max(await OldestAsync(connection, cancellationToken), filter.Since ?? long.MinValue);
        var (end, span) = (long.MaxValue, (long)FirstSpan.TotalMilliseconds);
        var start = Math.Min(before?.Time ?? long.MaxValue, time.GetUtcNow().ToUnixTimeMilliseconds()) - span;
        var found = new List<HubLine>();
        while (true)
        {
            await using var read = new NpgsqlCommand { Connection = connection };
            var conditions = Conditions(read, filter, "l.") + Before(read, before, "l.");
            read.CommandText = $"""
                SELECT {ColumnsOf("l")}
                FROM overmind.lines l JOIN {HubSource.Table(read, sources)} ON s.project = l.project_id AND s.process = l.process_id AND l.id > s.cleared
                WHERE l.time >= {read.Add(start)} AND l.time < {read.Add(end)}{conditions}
                ORDER BY l.time DESC, l.project_id DESC, l.id DESC LIMIT {read.Add(limit + 1 - found.Count)}
                """;
            found.AddRange(await ReadAsync(read, sources, cancellationToken));
            if (found.Count > limit || start <= oldest) return Page(found, limit, null);
            if (time.GetElapsedTime(started) > Patience) return Page(found, limit, new HubPosition(start, 0, 0));
            (end, span) = (start, span * 4);
            start = end - span;
        }
    }

    /// <param name="unread">Where the search stopped for want of time; null when it did not.</param>
    private static HubLinePage Page(List<HubLine> newestFirst, int limit, HubPosition? unread)
    {
        var lines = newestFirst.Take(limit).Reverse().ToList();
        return new HubLinePage(lines, newestFirst.Count > limit ? lines[0].Position : unread, unread is null);
    }

    /// <summary>By project, the newest line that is here.</summary>
    internal static async Task<Dictionary<int, long>> EndsAsync(NpgsqlConnection connection, int[] projects, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT project_id, line_id FROM overmind.cursors WHERE project_id = ANY($1)", connection) { Parameters = { new() { Value = projects } } };
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        var ends = new Dictionary<int, long>();
        while (await rows.ReadAsync(cancellationToken)) ends[rows.GetInt32(0)] = rows.GetInt64(1);
        return ends;
    }

    /// <summary>The time of the oldest line in the hub, Unix milliseconds; now without lines.</summary>
    public async Task<long> OldestAsync(CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        return Math.Min(time.Milliseconds(), await OldestAsync(connection, cancellationToken));
    }

    private static string ColumnsOf(string table) => string.Join(", ", Columns.Split(", ").Select(column => $"{table}.{column}"));

    /// <summary>The time of the newest line in the hub, Unix milliseconds; of the far past without lines.</summary>
    internal static async Task<long> NewestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT max(time) FROM overmind.lines", connection);
        return await ask.ExecuteScalarAsync(cancellationToken) as long? ?? long.MinValue;
    }

    /// <summary>The time of the oldest line in the hub, Unix milliseconds; of the far future without lines.</summary>
    internal static async Task<long> OldestAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT min(time) FROM overmind.lines", connection);
        return await ask.ExecuteScalarAsync(cancellationToken) as long? ?? long.MaxValue;
    }

    private static async Task<List<HubLine>> ReadAsync(NpgsqlCommand read, IReadOnlyList<HubSource> sources, CancellationToken cancellationToken)
    {
        var names = sources.ToDictionary(s => (s.Project, s.Process));
        await using var rows = await read.ExecuteReaderAsync(cancellationToken);
        var found = new List<HubLine>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var source = names[(rows.GetInt32(0), rows.GetInt32(2))];
            if (rows.GetInt64(1) <= source.ClearedId) continue;
            var content = StyleRunCodec.Decode(rows.GetString(6), rows.IsDBNull(7) ? null : rows.GetString(7));
            found.Add(new HubLine(source.Host, source.ProjectName, source.Project, new OutputLine(rows.GetInt64(1), source.Name, rows.GetInt64(4), (LineSource)rows.GetInt16(5), content)
            {
                Run = rows.IsDBNull(3) ? null : rows.GetInt64(3),
                Traits = new LineTraits(LineLevels.FromStored(rows.GetInt16(8)), rows.GetBoolean(9)),
            }));
        }

        return found;
    }

    private static string Conditions(NpgsqlCommand command, HubLineFilter filter, string table)
    {
        var sql = new StringBuilder();
        if (!filter.Levels.IsAll) sql.Append($" AND {table}level = ANY({command.Add(filter.Levels.Shown().Select(level => (short)level).ToArray())})");
        if (filter.Since is { } since) sql.Append($" AND {table}time >= {command.Add(since)}");
        if (filter.Until is { } until) sql.Append($" AND {table}time <= {command.Add(until)}");
        if (filter.Run is { } run) sql.Append($" AND {table}run_id = {command.Add(run)}");
        foreach (var text in filter.Texts) sql.Append($" AND {HubTextCondition.Of(command, text, $"{table}text")}");
        return sql.ToString();
    }

    private static string Before(NpgsqlCommand command, HubPosition? before, string table) => before is not { } place ? ""
        : $" AND {table}time <= {command.Add(place.Time)} AND ({table}time, {table}project_id, {table}id) < ({command.Add(place.Time)}, {command.Add(place.Project)}, {command.Add(place.Id)})";
}
