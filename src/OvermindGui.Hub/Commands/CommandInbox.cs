using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Hub.Connecting;
using OvermindGui.Hub.Model;

namespace OvermindGui.Hub.Commands;

/// <summary>
/// Takes the commands that are addressed to this daemon's project, and writes their outcomes back. Only the holder of the project's lease takes
/// any, each once. A command that waited too long is not carried out: a click from yesterday must not restart anything today.
/// </summary>
/// <param name="execute">Carries a command out; null where commands through the hub are not allowed.</param>
internal sealed class CommandInbox(Func<CommandRequest, Task<CommandOutcome>>? execute, ILogger logger)
{
    // Where no notification comes through, as behind some poolers of connections.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private const string Take =
        """
        WITH due AS (
          SELECT c.id FROM overmind.commands c JOIN overmind.cursors o ON o.project_id = c.project_id
          WHERE c.project_id = $1 AND c.status = 'pending' AND o.holder = $2 AND o.lease_until > clock_timestamp()
          ORDER BY c.id LIMIT 20 FOR UPDATE OF c SKIP LOCKED)
        UPDATE overmind.commands c SET status = 'taken', taken_by = $2 FROM due WHERE c.id = due.id
        RETURNING c.id, c.command, c.process_name, c.requested_by, c.requested_at < clock_timestamp() - interval '1 minute'
        """;

    private const string Complete =
        """
        UPDATE overmind.commands SET status = 'completed', succeeded = $2, outcome = $3, completed_at = clock_timestamp()
        WHERE id = $1 AND status = 'taken'
        """;

    private const string Abandon =
        """
        UPDATE overmind.commands SET status = 'completed', succeeded = false, completed_at = clock_timestamp(),
          outcome = 'The daemon that took it has ended; whether it was carried out is unknown'
        WHERE project_id = $1 AND status = 'taken' AND taken_by <> $2
        """;

    private static readonly CommandKind[] Allowed = [CommandKind.Start, CommandKind.Stop, CommandKind.Restart, CommandKind.Kill];

    private readonly ConcurrentDictionary<long, CommandOutcome> _outcomes = new(); // those that the hub does not have yet

    private sealed record Taken(long Id, string Command, string? Subject, string RequestedBy, bool IsLate);

    /// <summary>Runs until it is cancelled, or the connection fails; outcomes that could not be written are written by the next run.</summary>
    public async Task RunAsync(HubDatabase hub, int project, Guid holder, CancellationToken cancellationToken)
    {
        await using var connection = await hub.OpenAsync(cancellationToken);
        await ExecuteAsync(connection, $"LISTEN {HubChannels.CommandsTo(project)}", cancellationToken);
        await ExecuteAsync(connection, Abandon, cancellationToken, project, holder);
        while (true)
        {
            foreach (var command in await TakeAsync(connection, project, holder, cancellationToken)) _ = AnswerAsync(hub, command);
            await WriteOutcomesAsync(connection, cancellationToken);
            await connection.WaitAsync(PollInterval, cancellationToken);
        }
    }

    private async Task AnswerAsync(HubDatabase hub, Taken command)
    {
        _outcomes[command.Id] = await OutcomeAsync(command);
        try
        {
            await using var connection = await hub.OpenAsync(CancellationToken.None);
            await WriteOutcomesAsync(connection, CancellationToken.None);
        }
        catch (Exception e) when (HubErrors.IsOfHub(e) || e is ObjectDisposedException)
        {
            logger.LogDebug("An outcome waits for the hub: {Reason}", e.Message);
        }
    }

    private async Task<CommandOutcome> OutcomeAsync(Taken command)
    {
        if (command.IsLate) return new CommandOutcome(false, "Not carried out: the daemon did not take it within a minute");
        if (execute is null) return new CommandOutcome(false, "This daemon takes no commands from the hub; start it with --hub-control to allow them");
        if (CommandKinds.Parse(command.Command) is not { } kind || !Allowed.Contains(kind))
            return new CommandOutcome(false, $"“{command.Command}” cannot be given through the hub, only {string.Join(", ", Allowed.Select(k => k.ToText()))}");
        try
        {
            return await execute(new CommandRequest(kind, command.Subject, null, new Initiator(InitiatorKind.Hub, command.RequestedBy)));
        }
        catch (Exception e)
        {
            logger.LogError(e, "A command from the hub failed");
            return new CommandOutcome(false, $"The daemon failed at it: {e.Message}");
        }
    }

    private static async Task<IReadOnlyList<Taken>> TakeAsync(NpgsqlConnection connection, int project, Guid holder, CancellationToken cancellationToken)
    {
        await using var take = new NpgsqlCommand(Take, connection) { Parameters = { new() { Value = project }, new() { Value = holder } } };
        await using var rows = await take.ExecuteReaderAsync(cancellationToken);
        var taken = new List<Taken>();
        while (await rows.ReadAsync(cancellationToken))
            taken.Add(new Taken(rows.GetInt64(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2), rows.GetString(3), rows.GetBoolean(4)));
        return [.. taken.OrderBy(command => command.Id)];
    }

    private async Task WriteOutcomesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        foreach (var (id, outcome) in _outcomes)
        {
            await ExecuteAsync(connection, Complete, cancellationToken, id, outcome.Succeeded, outcome.Message);
            _outcomes.TryRemove(id, out _);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
