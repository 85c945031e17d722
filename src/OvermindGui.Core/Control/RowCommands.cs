using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>
/// Sends a command through a row of <c>daemon_commands</c>; the daemon writes the outcome into the same row. Scripts use this way; our own
/// clients use it only when no socket is reachable.
/// </summary>
internal sealed class RowCommands(OvermindDatabase database, TimeProvider time)
{
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(250);

    /// <param name="timeout">Time limit if all processes have the default stop timeout; longer stop timeouts extend it.</param>
    public async Task<CommandOutcome> SendAsync(CommandRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var folder = database.Folder;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (!DaemonLock.IsHeld(folder) || !database.IsReady()) return CommandClient.NoDaemon;
            // The request might still fit into the database when its outcome no longer does. The command would then run without a reported
            // outcome.
            if (StorageFault is { } fault) return CannotAsk(request.Kind, fault);
            using var changes = new DatabaseChangeWatcher(folder, SafetyInterval);
            timeout += StopAllowance.Of(database);
            deadline.CancelAfter(timeout);
            var id = Insert(request);
            while (true)
            {
                if (Outcome(id) is { } outcome) return outcome;
                // A quit has succeeded when the daemon is gone; any other command is lost then.
                if (!DaemonLock.IsHeld(folder)) return Outcome(id) ?? CommandClient.DaemonEnded;
                await changes.WaitAsync(deadline.Token);
            }
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return CannotAsk(request.Kind, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CommandOutcome(
                false, $"The daemon did not answer within {timeout.TotalSeconds:0} seconds; {StorageFault ?? $"see {folder.DaemonLog}"}");
        }
    }

    private string? StorageFault => new StorageFaultFile(database.Folder).Read();

    // Quitting must always be possible.
    private CommandOutcome CannotAsk(CommandKind kind, string why) => new(
        false,
        $"The daemon cannot be asked while {database.Folder.Database} cannot be written; {SqliteErrors.WhatHelps}"
        + (kind == CommandKind.Quit ? $". `kill {DaemonLock.ReadPid(database.Folder)}` ends daemon and processes without it" : "")
        + $". {why}");

    // The database of an older version has no columns for argument and initiator, and most commands have no argument.
    private long Insert(CommandRequest request)
    {
        using var connection = database.OpenConnection();
        var values = new List<(string Column, object? Value)>
        {
            ("command", request.Kind.ToText()), ("process_name", request.Subject), ("timestamp", time.Seconds()),
        };
        if (request.Argument is not null) values.Add(("argument", request.Argument));
        if (connection.Scalar("SELECT 1 FROM pragma_table_info('daemon_commands') WHERE name = 'requested_by'") is not null)
            values.Add(("requested_by", request.RequestedBy.ToString()));
        return (long)connection.Scalar(
            $"INSERT INTO daemon_commands({string.Join(", ", values.Select(v => v.Column))}) VALUES ({string.Join(", ", values.Select((_, i) => $"${i + 1}"))}) RETURNING id",
            [.. values.Select(v => v.Value)])!;
    }

    // Null until the outcome is stored, and while the database cannot be read.
    private CommandOutcome? Outcome(long id)
    {
        try
        {
            return ReadOutcome(id);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return null;
        }
    }

    private CommandOutcome? ReadOutcome(long id)
    {
        using var connection = database.OpenConnection();
        var rows = connection.Query(
            "SELECT status, succeeded, outcome FROM daemon_commands WHERE id = $1",
            row => row.GetString(0) == DaemonCommand.Pending
                ? null
                : new CommandOutcome(row.Nullable<bool?>(1) ?? true, row.Nullable<string>(2) ?? ""),
            id);
        return rows is [var outcome] ? outcome : new CommandOutcome(false, "The command was removed before it was carried out");
    }
}
