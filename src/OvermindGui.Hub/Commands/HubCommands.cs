using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Commands;

/// <summary>Gives a command to the daemon of a project through the hub, and waits for what comes of it.</summary>
public sealed class HubCommands(HubDatabase hub)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90); // a minute to be taken, and then a stop
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(150);

    /// <param name="project">The project's number in the hub.</param>
    /// <param name="process">Names and patterns with commas between them; null for all.</param>
    public async Task<CommandOutcome> SendAsync(int project, CommandKind kind, string? process, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        if (await RefusalAsync(connection, project, cancellationToken) is { } refusal) return new CommandOutcome(false, refusal);
        await using var insert = new NpgsqlCommand("INSERT INTO overmind.commands (project_id, command, process_name) VALUES ($1, $2, $3) RETURNING id", connection)
        {
            Parameters = { new() { Value = project }, new() { Value = kind.ToText() }, new() { Value = (object?)process ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text } },
        };
        var id = (long)(await insert.ExecuteScalarAsync(cancellationToken))!;
        await using (var notify = new NpgsqlCommand("SELECT pg_notify($1, '')", connection) { Parameters = { new() { Value = HubChannels.CommandsTo(project) } } })
            await notify.ExecuteNonQueryAsync(cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            while (true)
            {
                if (await OutcomeAsync(connection, id, deadline.Token) is { } outcome) return outcome;
                await Task.Delay(LookInterval, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CommandOutcome(false, $"There is no outcome after {Patience.TotalSeconds:0} seconds; the command stays in the hub under number {id}");
        }
    }

    private static async Task<string?> RefusalAsync(NpgsqlConnection connection, int project, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand(
            """
            SELECT p.name, p.host, p.allows_control, c.holder IS NOT NULL AND c.lease_until > clock_timestamp()
            FROM overmind.projects p JOIN overmind.cursors c ON c.project_id = p.id WHERE p.id = $1
            """, connection)
        { Parameters = { new() { Value = project } } };
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken)) return $"The hub has no project {project}";
        return !rows.GetBoolean(3) ? $"No daemon ships {rows.GetString(0)} of {rows.GetString(1)} now, so none can be asked"
            : !rows.GetBoolean(2) ? $"The daemon of {rows.GetString(0)} on {rows.GetString(1)} takes no commands from the hub; start it with --hub-control to allow them"
            : null;
    }

    private static async Task<CommandOutcome?> OutcomeAsync(NpgsqlConnection connection, long id, CancellationToken cancellationToken)
    {
        await using var ask = new NpgsqlCommand("SELECT succeeded, outcome FROM overmind.commands WHERE id = $1 AND status = 'completed'", connection) { Parameters = { new() { Value = id } } };
        await using var rows = await ask.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new CommandOutcome(rows.GetBoolean(0), rows.GetString(1)) : null;
    }
}
