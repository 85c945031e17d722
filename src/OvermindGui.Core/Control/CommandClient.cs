using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Control;

/// <summary>
/// Asks the daemon to do something, and waits until it has been done: over its socket, or by a row of <c>daemon_commands</c> where none can be
/// reached.
/// </summary>
/// <param name="requestedBy">Who asks; the user at this command line unless said otherwise.</param>
public sealed class CommandClient(OvermindDatabase database, TimeProvider time, Initiator? requestedBy = null)
{
    // From the outcome of a quit to the end of the daemon: it only closes its files.
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(30); // by a row
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // A killed daemon's terminals close, which ends most of what runs on them, a moment later.
    private static readonly TimeSpan LastMoments = TimeSpan.FromSeconds(2);

    private readonly Initiator _requestedBy = requestedBy ?? Initiator.ThisUser;
    private readonly RowCommands _rows = new(database, time);

    internal static CommandOutcome NoDaemon { get; } = new(false, "No daemon running");

    internal static CommandOutcome DaemonEnded { get; } = new(false, "The daemon ended before it answered");

    /// <summary>The same for another one who asks.</summary>
    public CommandClient For(Initiator initiator) => new(database, time, initiator);

    /// <param name="process">A process name, or null for all.</param>
    /// <param name="timeout">Where the daemon does not say itself how long it takes: when it is asked by a row.</param>
    public Task<CommandOutcome> SendAsync(CommandKind kind, string? process, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync(new CommandRequest(kind, process, null, _requestedBy), timeout, cancellationToken);

    /// <summary>Hands a process a text as if it had been typed, with its line end.</summary>
    /// <param name="timeout">For the process to take it.</param>
    public Task<CommandOutcome> TypeAsync(string process, string text, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync(new CommandRequest(CommandKind.Input, process, text, _requestedBy), timeout, cancellationToken);

    private async Task<CommandOutcome> SendAsync(CommandRequest request, TimeSpan timeout, CancellationToken cancellationToken) =>
        await SocketCommands.TrySendAsync(database.Folder, request, cancellationToken) is { } answer
            ? answer.Outcome
            : await _rows.SendAsync(request, timeout, cancellationToken);

    /// <summary>
    /// Ends all processes and the daemon, and returns when the daemon is gone. It succeeds when the daemon says that everything has ended and
    /// is stored, is gone itself, and has left no process behind; else the message says which of these failed.
    /// </summary>
    public async Task<CommandOutcome> QuitAsync(CancellationToken cancellationToken)
    {
        var request = new CommandRequest(CommandKind.Quit, null, null, _requestedBy);
        var answer = await SocketCommands.TrySendAsync(database.Folder, request, cancellationToken);
        var outcome = answer?.Outcome ?? await _rows.SendAsync(request, QuitTimeout, cancellationToken);
        if (outcome == NoDaemon) return outcome;

        if (!await IsGoneAsync(answer?.Daemon, outcome.Succeeded, cancellationToken))
            return outcome.Succeeded
                ? new CommandOutcome(false, $"The daemon did not end within {ExitTimeout.TotalSeconds:0} seconds; see {database.Folder.DaemonLog}")
                : outcome;
        var survivors = await SurvivorsAsync(cancellationToken);
        if (survivors.Count > 0) return new CommandOutcome(false, $"The daemon ended before it had stopped {string.Join(", ", survivors)}");
        // One that was killed meanwhile answers nothing, but there is nothing left to stop either.
        return outcome.Succeeded || outcome == DaemonEnded ? new CommandOutcome(true, "Daemon stopped") : outcome;
    }

    // By its process where that is known: its files may be gone, or another's by now.
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

    private async Task<IReadOnlyList<Survivor>> SurvivorsAsync(CancellationToken cancellationToken)
    {
        var ended = time.GetTimestamp();
        while (true)
        {
            var survivors = Survivors();
            if (survivors.Count == 0 || time.GetElapsedTime(ended) > LastMoments) return survivors;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private IReadOnlyList<Survivor> Survivors()
    {
        try
        {
            return OrphanedProcesses.Find(database);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            // Without the database they have no names.
            return [.. TaggedProcess.Of(database.Folder).Select(p => new Survivor("a process", p.Pid))];
        }
    }
}
