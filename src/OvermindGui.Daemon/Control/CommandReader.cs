using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Control;

/// <summary>
/// Takes up the commands that arrive as rows of <c>daemon_commands</c>, in id order. None is waited for, so a slow stop of one process delays
/// no command to another; each process keeps its commands in order.
/// </summary>
internal sealed class CommandReader(
    OvermindDatabase database, CommandDispatcher dispatcher, EventRecorder recorder, DatabaseChangeWatcher watcher, ILogger<CommandReader> logger)
{
    // Every batch of lines is a change as well: look at most this often, and a click still acts at once.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private long _lastId;
    private long _looked;
    private bool _isUnreadable;

    /// <summary>Reads until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await watcher.WaitAsync(cancellationToken);
            if (ShortestPause - Stopwatch.GetElapsedTime(_looked) is { Ticks: > 0 } rest) await Task.Delay(rest, cancellationToken);
            _looked = Stopwatch.GetTimestamp();
            var pending = Pending();
            if (_isUnreadable) await InspectAsync(cancellationToken);
            foreach (var row in pending)
            {
                _lastId = row.Id;
                if (CommandKinds.Parse(row.Command) is { } kind)
                    _ = dispatcher.ExecuteAsync(new CommandRequest(kind, row.ProcessName, row.Argument, Initiator.Parse(row.RequestedBy)), row.Id);
                else
                    recorder.CommandCompleted(row.Id, Unknown(row.Command));
            }
        }
    }

    private static CommandOutcome Unknown(string command) =>
        new(false, $"Unknown command: {command} (known: {string.Join(", ", CommandKinds.All)})");

    // It may only be locked or full: not again at once.
    private async Task InspectAsync(CancellationToken cancellationToken)
    {
        _isUnreadable = false;
        recorder.Inspect();
        await Task.Delay(AfterTrouble, cancellationToken);
        watcher.Notify(); // what was not read is still there
    }

    private List<DaemonCommand> Pending()
    {
        try
        {
            using var connection = database.OpenConnection();
            return connection.Query(
                "SELECT id, command, process_name, timestamp, argument, requested_by FROM daemon_commands WHERE status = 'pending' AND id > $1 ORDER BY id",
                row => new DaemonCommand
                {
                    Id = row.GetInt64(0),
                    Command = row.GetString(1),
                    ProcessName = row.Nullable<string>(2),
                    Timestamp = row.GetDouble(3),
                    Argument = row.Nullable<string>(4),
                    RequestedBy = row.Nullable<string>(5),
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
