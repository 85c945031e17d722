using Npgsql;

namespace OvermindGui.Hub.Shipping;

/// <summary>Deletes lines from the hub that were cleared on their machine so that it cannot be undone any more; in steps, because there may be millions.</summary>
internal sealed class ClearedLinesInHub(int project)
{
    private const int LinesAtOnce = 20_000;

    private const string Delete =
        """
        WITH gone AS (DELETE FROM overmind.lines WHERE project_id = $1 AND process_id = $2 AND id <= $3 RETURNING id, process_id, time, level),
        changed AS (SELECT process_id, time, level, -1 AS change FROM gone WHERE id <= $4)

        """ + HubLineCounts.AddChanged;

    private Dictionary<int, long> _purged = [];

    /// <summary>Reads what was done before.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT id, purged_id FROM overmind.processes WHERE project_id = $1", connection) { Parameters = { new() { Value = project } } };
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        _purged = [];
        while (await rows.ReadAsync(cancellationToken)) _purged[rows.GetInt32(0)] = rows.GetInt64(1);
    }

    /// <summary>Whether there are lines to delete.</summary>
    public bool HasWork(IReadOnlyDictionary<int, long> cleared) => cleared.Any(c => _purged.GetValueOrDefault(c.Key) < c.Value);

    /// <summary>One step for each process; false when nothing is left to do.</summary>
    /// <param name="cleared">By process, up to which line it was cleared.</param>
    /// <param name="counted">The newest line that is counted.</param>
    public async Task<bool> StepAsync(NpgsqlConnection connection, IReadOnlyDictionary<int, long> cleared, long counted, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var (process, upTo) in cleared)
        {
            if (_purged.GetValueOrDefault(process) >= upTo) continue;
            any = true;
            await using var bound = new NpgsqlCommand(
                "SELECT id FROM overmind.lines WHERE project_id = $1 AND process_id = $2 AND id <= $3 ORDER BY id LIMIT 1 OFFSET $4", connection)
            { Parameters = { new() { Value = project }, new() { Value = process }, new() { Value = upTo }, new() { Value = LinesAtOnce } } };
            var last = await bound.ExecuteScalarAsync(cancellationToken) as long? ?? upTo;
            await using var delete = new NpgsqlCommand(Delete, connection)
            { Parameters = { new() { Value = project }, new() { Value = process }, new() { Value = last }, new() { Value = counted } } };
            await delete.ExecuteNonQueryAsync(cancellationToken);
            if (last < upTo) continue;
            await using var remember = new NpgsqlCommand("UPDATE overmind.processes SET purged_id = $3 WHERE project_id = $1 AND id = $2", connection)
            { Parameters = { new() { Value = project }, new() { Value = process }, new() { Value = upTo } } };
            await remember.ExecuteNonQueryAsync(cancellationToken);
            _purged[process] = upTo;
        }

        return any;
    }
}
