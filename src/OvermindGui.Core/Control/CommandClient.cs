using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>
/// Sends commands to the daemon and waits for their outcome: over its socket or, if that is unreachable, through a row of
/// <c>daemon_commands</c>.
/// </summary>
/// <param name="requestedBy">Who sends the command; by default, the user of this CLI.</param>
public sealed class CommandClient(OvermindDatabase database, TimeProvider time, Initiator? requestedBy = null)
{
    // Time between the outcome of a quit and the end of the daemon, which only closes its files.
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(30); // by a row
    private static readonly TimeSpan RunTimeout = TimeSpan.FromSeconds(30); // by a row: to start it
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // When a daemon is killed, its terminals close a moment later, which ends most processes on them.
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(2);

    private readonly Initiator _requestedBy = requestedBy ?? Initiator.ThisUser;
    private readonly RowCommands _rows = new(database, time);

    internal static CommandOutcome NoDaemon { get; } = new(false, "No daemon running");

    internal static CommandOutcome DaemonEnded { get; } = new(false, "The daemon ended before it answered");

    /// <summary>The same client for another initiator.</summary>
    public CommandClient For(Initiator initiator) => new(database, time, initiator);

    /// <param name="process">A process name, or null for all.</param>
    /// <param name="timeout">Time limit for a command sent as a row; over the socket the daemon announces its own.</param>
    public Task<CommandOutcome> SendAsync(CommandKind kind, string? process, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync(new CommandRequest(kind, process, null, _requestedBy), timeout, cancellationToken);

    /// <summary>Runs a program once under supervision, as a new process of this name.</summary>
    public Task<CommandOutcome> RunAsync(string name, OneOffCommand command, CancellationToken cancellationToken) =>
        SendAsync(new CommandRequest(CommandKind.Run, name, command.Write(), _requestedBy), RunTimeout, cancellationToken);

    /// <summary>
    /// Sends a text to a process, as if it had been typed. Only over the socket: it may be a password, and rows of the database are kept.
    /// </summary>
    public async Task<CommandOutcome> TypeAsync(string process, string text, CancellationToken cancellationToken)
    {
        var request = new CommandRequest(CommandKind.Input, process, text, _requestedBy);
        if (await SocketCommands.TrySendAsync(database.Folder, request, cancellationToken) is { } answer) return answer.Outcome;
        return DaemonLock.IsHeld(database.Folder)
            ? new CommandOutcome(false, $"Nothing was typed: the daemon cannot be reached by its socket {database.Folder.Socket}")
            : NoDaemon;
    }

    private async Task<CommandOutcome> SendAsync(CommandRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        await SocketCommands.TrySendAsync(database.Folder, request, cancellationToken) is { } answer
            ? answer.Outcome
            : await _rows.SendAsync(request, timeout, cancellationToken);

    /// <summary>
    /// Stops all processes and the daemon, and returns when the daemon has ended. It succeeds when the daemon reports that everything has
    /// ended and is stored, has exited, and has left no process behind; otherwise the message says which of these failed.
    /// </summary>
    public async Task<CommandOutcome> QuitAsync(CancellationToken cancellationToken)
    {
        var request = new CommandRequest(CommandKind.Quit, null, null, _requestedBy);
        var hadDaemon = DaemonLock.IsHeld(database.Folder);
        var answer = await SocketCommands.TrySendAsync(database.Folder, request, cancellationToken);
        var outcome = answer?.Outcome ?? await _rows.SendAsync(request, QuitTimeout, cancellationToken);
        if (outcome == NoDaemon && !hadDaemon) return outcome;
        if (outcome == NoDaemon) outcome = DaemonEnded; // it was killed before it accepted the request

        if (!await IsGoneAsync(answer?.Daemon, outcome.Succeeded, cancellationToken))
            return outcome.Succeeded
                ? new CommandOutcome(false, $"The daemon did not end within {ExitTimeout.TotalSeconds:0} seconds; see {database.Folder.DaemonLog}")
                : outcome;
        var survivors = await OrphansAsync(cancellationToken);
        if (survivors.Count > 0) return new CommandOutcome(false, $"The daemon ended before it had stopped {string.Join(", ", survivors)}");
        // A daemon that was killed in the meantime does not answer, but then nothing is left to stop.
        return outcome.Succeeded || outcome == DaemonEnded ? new CommandOutcome(true, "Daemon stopped") : outcome;
    }

    // Identifies it by its process if known: its files may be gone or belong to another daemon by now.
    private async Task<bool> IsGoneAsync(RunningDaemon? daemon, bool isEnding, CancellationToken cancellationToken)
    {
        var timeout = isEnding ? ExitTimeout : LastMoments;
        if (daemon is not null) return await daemon.WaitForEndAsync(timeout, time, cancellationToken);
        var started = time.GetTimestamp();
        while (DaemonLock.IsHeld(database.Folder))
        {
            if (time.GetElapsedTime(started) > timeout) return false;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return true;
    }

    private async Task<IReadOnlyList<Survivor>> OrphansAsync(CancellationToken cancellationToken)
    {
        var ended = time.GetTimestamp();
        while (true)
        {
            // A killed process is dead before the last of its threads has closed its files, the lock among them.
            var hasLock = DaemonLock.IsHeld(database.Folder);
            var survivors = FindOrphans();
            if ((survivors.Count == 0 && !hasLock) || time.GetElapsedTime(ended) > LastMoments) return survivors;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private IReadOnlyList<Survivor> FindOrphans()
    {
        try
        {
            return OrphanedProcesses.Find(database);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // Process names come from the database.
            return [.. TaggedProcess.Of(database.Folder).Select(p => new Survivor("a process", p.Pid))];
        }
    }
}
