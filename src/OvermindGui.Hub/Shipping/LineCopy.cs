using Npgsql;
using NpgsqlTypes;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;

namespace OvermindGui.Hub.Shipping;

/// <summary>Writes lines into the hub: new ones by a binary COPY, changed ones in place.</summary>
/// <param name="project">The project's number in the hub.</param>
internal sealed class LineCopy(int project, ShippedText text)
{
    private const long DayLength = 86_400_000;

    private const string Copy =
        "COPY overmind.lines (project_id, id, process_id, run_id, time, stream, text, style, level, continues, fingerprint) FROM STDIN (FORMAT BINARY)";

    // A line whose level changes moves from one count to another, unless it is still to be counted.
    private const string Update =
        """
        WITH n AS (
          SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::smallint[], $7::boolean[], $8::bigint[])
            AS n(id, time, text, style, level, continues, fingerprint)),
        updated AS (
          UPDATE overmind.lines l SET text = n.text, style = n.style, level = n.level, continues = n.continues, fingerprint = n.fingerprint
          FROM n WHERE l.project_id = $1 AND l.id = n.id AND l.time = n.time),
        moved AS (
          SELECT l.process_id, l.time, l.level AS former, n.level FROM overmind.lines l JOIN n ON l.id = n.id AND l.time = n.time
          WHERE l.project_id = $1 AND l.id <= $9 AND l.level <> n.level),
        changed AS (
          SELECT process_id, time, former AS level, -1 AS change FROM moved UNION ALL SELECT process_id, time, level, 1 FROM moved)

        """ + HubLineCounts.AddChanged;

    private readonly HashSet<int> _preparedDays = [];

    /// <summary>Makes sure that there is a partition for each day of these lines. In transactions of its own, because it takes locks.</summary>
    public async Task PrepareDaysAsync(NpgsqlConnection connection, IReadOnlyList<Line> lines, CancellationToken cancellationToken)
    {
        foreach (var day in lines.Select(line => (int)Math.Clamp(Math.Floor(line.Time / (double)DayLength), int.MinValue, int.MaxValue)).Distinct())
        {
            if (_preparedDays.Contains(day)) continue;
            await using var prepare = new NpgsqlCommand("SELECT overmind.prepare_day($1)", connection) { Parameters = { new() { Value = day } } };
            await prepare.ExecuteNonQueryAsync(cancellationToken);
            _preparedDays.Add(day);
        }
    }

    /// <summary>Adds new lines in the connection's transaction.</summary>
    public async Task AddAsync(NpgsqlConnection connection, IReadOnlyList<Line> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0) return;
        await using var writer = await connection.BeginBinaryImportAsync(Copy, cancellationToken);
        foreach (var line in lines)
        {
            var (shipped, style) = text.Of(line);
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(project, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(line.Id, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(line.ProcessId, NpgsqlDbType.Integer, cancellationToken);
            await WriteNumberAsync(writer, line.RunId, cancellationToken);
            await writer.WriteAsync(line.Time, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync((short)line.Stream, NpgsqlDbType.Smallint, cancellationToken);
            await writer.WriteAsync(shipped, NpgsqlDbType.Text, cancellationToken);
            if (style is null) await writer.WriteNullAsync(cancellationToken);
            else await writer.WriteAsync(style, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync((short)line.Level, NpgsqlDbType.Smallint, cancellationToken);
            await writer.WriteAsync(line.Continues, NpgsqlDbType.Boolean, cancellationToken);
            await WriteNumberAsync(writer, line.Fingerprint, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Changes lines that are there, in the connection's transaction.</summary>
    /// <param name="counted">The newest line that is counted.</param>
    public async Task AmendAsync(NpgsqlConnection connection, IReadOnlyList<Line> lines, long counted, CancellationToken cancellationToken)
    {
        if (lines.Count == 0) return;
        var texts = lines.Select(text.Of).ToList();
        await using var update = new NpgsqlCommand(Update, connection)
        {
            Parameters =
            {
                new() { Value = project },
                new() { Value = lines.Select(line => line.Id).ToArray() },
                new() { Value = lines.Select(line => line.Time).ToArray() },
                new() { Value = texts.Select(t => t.Text).ToArray() },
                new() { Value = texts.Select(t => t.Style).ToArray() },
                new() { Value = lines.Select(line => (short)line.Level).ToArray() },
                new() { Value = lines.Select(line => line.Continues).ToArray() },
                new() { Value = lines.Select(line => line.Fingerprint).ToArray() },
                new() { Value = counted },
            },
        };
        await update.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task WriteNumberAsync(NpgsqlBinaryImporter writer, long? number, CancellationToken cancellationToken) =>
        number is { } value ? writer.WriteAsync(value, NpgsqlDbType.Bigint, cancellationToken) : writer.WriteNullAsync(cancellationToken);
}
