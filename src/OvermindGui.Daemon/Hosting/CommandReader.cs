using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Hosting;

/// <summary>
/// Command rows → supervisor → outcome on the row. Rows are taken up in id order and not waited for, so a slow stop of one process
/// delays no command to another; the process itself keeps its commands in order.
/// </summary>
internal sealed class CommandReader(
    OvermindDatabase database, ISupervisor supervisor, EventRecorder journal, DatabaseChangeWatcher bell, ILogger<CommandReader> logger)
{
    // Every batch of lines rings the bell as well: look at most this often, and a click still acts at once.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly List<Task> _underWay = [];
    private long _lastId;
    private bool _isUnreadable;

    /// <summary>Runs until a quit is asked for, and returns the id of its row: its outcome is known when all else has ended.</summary>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await bell.WaitAsync(cancellationToken);
            var pending = Pending();
            if (_isUnreadable) await InspectAsync(cancellationToken);
            foreach (var row in pending)
            {
                _lastId = row.Id;
                if (CommandKinds.Parse(row.Command) == CommandKind.Quit) return row.Id;
                _underWay.RemoveAll(t => t.IsCompletedSuccessfully);
                _underWay.Add(CarryOutAsync(row));
            }

            // A fault in carrying a command out is ours and must not pass in silence.
            if (_underWay.Find(t => t.IsFaulted) is { } failed) await failed;
            await Task.Delay(ShortestPause, cancellationToken);
        }
    }

    /// <summary>Waits for the commands that were under way.</summary>
    public Task DrainAsync() => Task.WhenAll(_underWay);

    private async Task CarryOutAsync(DaemonCommand row)
    {
        logger.LogInformation("Command {Id}: {Command} {Process}", row.Id, row.Command, row.ProcessName);
        var outcome = CommandKinds.Parse(row.Command) switch
        {
            CommandKind.Input => await supervisor.TypeAsync(row.ProcessName ?? "", row.Argument ?? ""),
            CommandKind.Inspect => await InspectAsync(),
            { } kind => await supervisor.ExecuteAsync(kind, row.ProcessName),
            null => new CommandOutcome(false, $"Unknown command: {row.Command} (known: {string.Join(", ", CommandKinds.All)})"),
        };
        logger.LogInformation("Command {Id}: {Outcome}", row.Id, outcome.Message);
        await journal.CommandCompletedAsync(row.Id, outcome);
    }

    private async Task<CommandOutcome> InspectAsync()
    {
        await journal.InspectAsync();
        return new CommandOutcome(true, "The database is looked at");
    }

    // It may only be locked or full: not again at once.
    private async Task InspectAsync(CancellationToken cancellationToken)
    {
        _isUnreadable = false;
        await journal.InspectAsync();
        await Task.Delay(AfterTrouble, cancellationToken);
    }

    private List<DaemonCommand> Pending()
    {
        try
        {
            using var connection = database.OpenConnection();
            return connection.Query(
                "SELECT id, command, process_name, timestamp, argument FROM daemon_commands WHERE status = 'pending' AND id > $1 ORDER BY id",
                row => new DaemonCommand
                {
                    Id = row.GetInt64(0),
                    Command = row.GetString(1),
                    ProcessName = row.Nullable<string>(2),
                    Timestamp = row.GetDouble(3),
                    Argument = row.Nullable<string>(4),
                },
                _lastId);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogError(e, "Commands cannot be read; trying again");
            _isUnreadable = true;
            return [];
        }
    }
}
