using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>How a command ended.</summary>
/// <param name="Message">For the person who asked: what was done, or why not and what to do next.</param>
public sealed record CommandOutcome(bool Succeeded, string Message)
{
    /// <summary>The outcome of a command to several processes: a line each.</summary>
    public static CommandOutcome Of(IReadOnlyCollection<CommandOutcome> outcomes) =>
        new(outcomes.All(o => o.Succeeded), string.Join('\n', outcomes.Select(o => o.Message)));
}

/// <summary>Asks the daemon to do something by a row of <c>daemon_commands</c>, and waits until it has been done.</summary>
public sealed class CommandClient(OvermindDatabase database, TimeProvider time)
{
    // Processes that ignore SIGTERM take seven seconds side by side; the rest is for what waits to be stored.
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuitPause = TimeSpan.FromMilliseconds(20);

    // A killed daemon's terminals close, which ends most of what runs on them, a moment later.
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SafetyInterval = TimeSpan.FromMilliseconds(250);

    /// <param name="process">A process name, or null for all.</param>
    /// <param name="timeout">Longer than a stop takes by default. What the folder's own stop timeouts are beyond that is added.</param>
    public Task<CommandOutcome> SendAsync(CommandKind kind, string? process, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync(kind, process, null, timeout, cancellationToken);

    /// <summary>Hands a process a text as if it had been typed, with its line end.</summary>
    /// <param name="timeout">For the process to take it.</param>
    public Task<CommandOutcome> TypeAsync(string process, string text, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync(CommandKind.Input, process, text, timeout, cancellationToken);

    private async Task<CommandOutcome> SendAsync(
        CommandKind kind, string? process, string? argument, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var folder = database.Folder;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            if (!DaemonLock.IsHeld(folder) || !database.IsReady()) return NoDaemon;
            // A request may find place where its answer finds none: it would be carried out and never told.
            if (Trouble is { } trouble) return CannotAsk(kind, trouble);
            using var bell = new DatabaseChangeWatcher(folder, SafetyInterval);
            timeout += StopAllowance.Of(database);
            deadline.CancelAfter(timeout);
            var id = Insert(kind, process, argument);
            while (true)
            {
                if (Outcome(id) is { } outcome) return outcome;
                // A quit is carried out when the daemon is gone; any other command is then lost.
                if (!DaemonLock.IsHeld(folder))
                    return Outcome(id) ?? new CommandOutcome(false, "The daemon ended before it answered");
                await bell.WaitAsync(deadline.Token);
            }
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return CannotAsk(kind, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CommandOutcome(
                false, $"The daemon did not answer within {timeout.TotalSeconds:0} seconds; {Trouble ?? $"see {folder.DaemonLog}"}");
        }
    }

    /// <summary>
    /// Ends all processes and the daemon, and returns when the daemon is gone. No success when processes outlived it, because it was
    /// killed before it could stop them.
    /// </summary>
    public async Task<CommandOutcome> QuitAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var outcome = await SendAsync(CommandKind.Quit, null, QuitTimeout, cancellationToken);
        var timeout = QuitTimeout + (outcome.Succeeded ? StopAllowance.Of(database) : TimeSpan.Zero);
        while (DaemonLock.IsHeld(database.Folder))
        {
            if (!outcome.Succeeded) return outcome;
            if (time.GetElapsedTime(started) > timeout)
                return new CommandOutcome(
                    false, $"The daemon did not end within {timeout.TotalSeconds:0} seconds; see {database.Folder.DaemonLog}");
            await Task.Delay(QuitPause, time, cancellationToken);
        }

        if (outcome == NoDaemon) return outcome;
        var survivors = await SurvivorsAsync(cancellationToken);
        return survivors.Count == 0
            ? new CommandOutcome(true, "Daemon stopped")
            : new CommandOutcome(false, $"The daemon ended before it had stopped {string.Join(", ", survivors)}");
    }

    private async Task<IReadOnlyList<Survivor>> SurvivorsAsync(CancellationToken cancellationToken)
    {
        var ended = time.GetTimestamp();
        while (true)
        {
            var survivors = OrphanedProcesses.Find(database);
            if (survivors.Count == 0 || time.GetElapsedTime(ended) > LastMoments) return survivors;
            await Task.Delay(QuitPause, time, cancellationToken);
        }
    }

    // Requests are rows. The one that must always be possible is the end of it all.
    private CommandOutcome CannotAsk(CommandKind kind, string why) => new(
        false,
        $"The daemon cannot be asked while {database.Folder.Database} cannot be written; {SqliteErrors.WhatHelps}"
        + (kind == CommandKind.Quit ? $". `kill {DaemonLock.ReadPid(database.Folder)}` ends daemon and processes without it" : "")
        + $". {why}");

    private string? Trouble => new StorageFaultFile(database.Folder).Read();

    private static CommandOutcome NoDaemon { get; } = new(false, "No daemon running");

    // A daemon of an older version has no place for an argument, and most commands have none.
    private long Insert(CommandKind kind, string? process, string? argument)
    {
        using var connection = database.OpenConnection();
        return (long)(argument is null
            ? connection.Scalar(
                "INSERT INTO daemon_commands(command, process_name, timestamp) VALUES ($1, $2, $3) RETURNING id",
                kind.ToText(), process, time.Seconds())
            : connection.Scalar(
                "INSERT INTO daemon_commands(command, process_name, timestamp, argument) VALUES ($1, $2, $3, $4) RETURNING id",
                kind.ToText(), process, time.Seconds(), argument))!;
    }

    // Null while there is none, and while nobody can read it.
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
