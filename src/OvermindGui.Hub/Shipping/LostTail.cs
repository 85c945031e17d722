using Npgsql;
using OvermindGui.Core.Shipping;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// A machine that lost power may have lost the newest lines of its own database, which gives their ids to other lines then. The project's own
/// database is the truth: what the hub has beyond it is removed, and shipping goes on from the newest line that both have.
/// </summary>
internal static class LostTail
{
    private const int Compared = 20_000;

    private const string Delete =
        """
        WITH gone AS (DELETE FROM overmind.lines WHERE project_id = $1 AND id > $2 RETURNING id, process_id, time, level),
        moved AS (UPDATE overmind.cursors SET counted_id = least(counted_id, $2) WHERE project_id = $1),
        changed AS (SELECT process_id, time, level, -1 AS change FROM gone WHERE id <= (SELECT counted_id FROM overmind.cursors WHERE project_id = $1)),
        counted AS (

        """ + HubLineCounts.AddChanged + ") SELECT count(*) FROM gone";

    /// <summary>Returns how many lines were removed from the hub.</summary>
    public static async Task<int> RepairAsync(NpgsqlConnection connection, Lease lease, LocalLines lines, CancellationToken cancellationToken)
    {
        if (lease.LineId == 0) return 0;
        var time = lines.TimeOf(lease.LineId);
        if (lines.LastId() >= lease.LineId && (time is null || time == lease.LineTime)) return 0;

        var (common, commonTime) = await NewestInBothAsync(connection, lease.Project, lines, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var delete = new NpgsqlCommand(Delete, connection) { Parameters = { new() { Value = lease.Project }, new() { Value = common } } };
        var removed = (int)(long)(await delete.ExecuteScalarAsync(cancellationToken))!;
        var back = new LineBatch([], [], common, commonTime, 0, 0);
        await lease.MoveAsync(connection, back, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        lease.Moved(back);
        return removed;
    }

    private static async Task<(long Id, long? Time)> NewestInBothAsync(NpgsqlConnection connection, int project, LocalLines lines, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT id, time FROM overmind.lines WHERE project_id = $1 ORDER BY id DESC LIMIT $2", connection)
        { Parameters = { new() { Value = project }, new() { Value = Compared } } };
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            if (lines.TimeOf(rows.GetInt64(0)) == rows.GetInt64(1)) return (rows.GetInt64(0), rows.GetInt64(1));
        return (0, null);
    }
}
