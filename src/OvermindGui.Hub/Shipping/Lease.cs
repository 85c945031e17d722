using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Shipping;
using OvermindGui.Core.Storage;
using OvermindGui.Hub.Connecting;

namespace OvermindGui.Hub.Shipping;

/// <summary>
/// The right to write one project's lines and to carry out its commands. It is a row with the holder's name and an end by the hub's clock; each
/// transaction of the holder renews it, and fails when another daemon has it.
/// </summary>
internal sealed class Lease
{
    /// <summary>For so long another daemon cannot take the project over.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    private const string Take =
        """
        UPDATE overmind.cursors SET holder = $2, lease_until = clock_timestamp() + $3
        WHERE project_id = $1 AND (holder IS NULL OR holder = $2 OR lease_until < clock_timestamp())
        RETURNING line_id, line_time, amendment_id
        """;

    private const string Move =
        """
        UPDATE overmind.cursors
        SET lease_until = clock_timestamp() + $3, line_id = $5, line_time = $6, amendment_id = $7, backlog = $8, shipped_at = clock_timestamp()
        WHERE project_id = $1 AND holder = $2 AND line_id = $4
        """;

    private Lease(int project, Guid holder, long line, long? lineTime, long amendment) =>
        (Project, Holder, LineId, LineTime, AmendmentId) = (project, holder, line, lineTime, amendment);

    /// <summary>The project's number in the hub.</summary>
    public int Project { get; }

    /// <summary>The life of this daemon.</summary>
    public Guid Holder { get; }

    /// <summary>The newest line that the hub has.</summary>
    public long LineId { get; private set; }

    public long? LineTime { get; private set; }

    public long AmendmentId { get; private set; }

    /// <summary>Registers the project unless that was done, and takes it.</summary>
    /// <param name="database">The name of the project's database.</param>
    /// <exception cref="HubException">Another daemon has it.</exception>
    public static async Task<Lease> TakeAsync(
        NpgsqlConnection connection, HubOptions options, OvermindDatabase database, string identity, double clockOffset, Guid holder, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var folder = database.Folder;
        await using var register = new NpgsqlCommand(
            """
            INSERT INTO overmind.projects (host, database, name, folder, version, allows_control, clock_offset) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (host, database) DO NOTHING
            """, connection)
        { Parameters = { new() { Value = options.Host }, new() { Value = identity }, new() { Value = folder.Name }, new() { Value = folder.Root }, new() { Value = ProductVersion.Text }, new() { Value = options.Control }, new() { Value = clockOffset } } };
        await register.ExecuteNonQueryAsync(cancellationToken);
        await using var find = new NpgsqlCommand("SELECT id FROM overmind.projects WHERE host = $1 AND database = $2", connection)
        { Parameters = { new() { Value = options.Host }, new() { Value = identity } } };
        var project = (int)(await find.ExecuteScalarAsync(cancellationToken))!;
        await using var begin = new NpgsqlCommand(
            "INSERT INTO overmind.cursors (project_id, line_id, amendment_id, backlog) VALUES ($1, 0, 0, 0) ON CONFLICT DO NOTHING", connection)
        { Parameters = { new() { Value = project } } };
        await begin.ExecuteNonQueryAsync(cancellationToken);
        var lease = await TakeAsync(connection, project, holder, cancellationToken)
            ?? throw new HubException(
                $"Another daemon ships {folder.Name} of {options.Host} to the hub {options.Address} now; it is taken over when that one has ended"
                + ". If the two are different machines of one name, give them names by --hub-host");
        await using var describe = new NpgsqlCommand(
            "UPDATE overmind.projects SET name = $2, folder = $3, version = $4, allows_control = $5, clock_offset = $6 WHERE id = $1", connection)
        { Parameters = { new() { Value = project }, new() { Value = folder.Name }, new() { Value = folder.Root }, new() { Value = ProductVersion.Text }, new() { Value = options.Control }, new() { Value = clockOffset } } };
        await describe.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return lease;
    }

    /// <summary>Renews it and moves the cursor, in the connection's transaction; <see cref="Moved"/> is called once that is committed.</summary>
    /// <exception cref="HubException">Another daemon has taken the project over.</exception>
    public async Task MoveAsync(NpgsqlConnection connection, LineBatch batch, CancellationToken cancellationToken)
    {
        await using var move = new NpgsqlCommand(Move, connection)
        {
            Parameters =
            {
                new() { Value = Project }, new() { Value = Holder }, new() { Value = Length }, new() { Value = LineId }, new() { Value = batch.LastId },
                new() { Value = (object?)batch.LastTime ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }, new() { Value = batch.AmendmentId }, new() { Value = batch.Backlog },
            },
        };
        if (await move.ExecuteNonQueryAsync(cancellationToken) != 1) throw new HubException("Another daemon has taken this project over in the hub");
    }

    /// <summary>The batch is in the hub.</summary>
    public void Moved(LineBatch batch) => (LineId, LineTime, AmendmentId) = (batch.LastId, batch.LastTime, batch.AmendmentId);

    /// <summary>Ends it, so that another daemon need not wait.</summary>
    public async Task ReleaseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var release = new NpgsqlCommand(
            "UPDATE overmind.cursors SET holder = NULL, lease_until = NULL WHERE project_id = $1 AND holder = $2", connection)
        { Parameters = { new() { Value = Project }, new() { Value = Holder } } };
        await release.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<Lease?> TakeAsync(NpgsqlConnection connection, int project, Guid holder, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(Take, connection) { Parameters = { new() { Value = project }, new() { Value = holder }, new() { Value = Length } } };
        await using var row = await take.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Lease(project, holder, row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt64(2))
            : null;
    }
}
