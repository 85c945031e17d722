using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Hosting;

/// <summary>Deletes what exceeds the limits while no daemon runs, under its lock and by the same steps.</summary>
public static class OfflinePruning
{
    /// <returns>What was deleted, as a sentence; null when a daemon has the lock.</returns>
    /// <param name="instead">Other limits than those of the last daemon; null for those.</param>
    /// <exception cref="StartupException">The database cannot be used; the message is meant for the user.</exception>
    public static async Task<string?> RunAsync(ProjectFolder folder, RetentionLimits? instead, TimeProvider time, CancellationToken cancellationToken)
    {
        using var held = DaemonLock.TryAcquire(folder);
        if (held is null) return null;
        var database = OvermindDatabase.In(folder);
        if (DatabaseOpener.Prepare(database) != PreparedDatabase.Ready) throw new StartupException($"{folder.Database} is no database of this version; start the daemon, which sets it aside");
        RetentionLimits limits;
        using (var connection = database.OpenConnection()) limits = RetentionSettings.ReadConfigured(connection);
        var queue = new WriteQueue();
        var writing = Task.Run(() => WriteAsync(database, queue, time), CancellationToken.None);
        var pruning = new RetentionService(
            database, queue, new CurrentLimits(limits), new ClockJumps(time, BootClock.Instance), time, NullLogger<RetentionService>.Instance).PruneAsync(instead, cancellationToken);
        await Task.WhenAny(pruning, writing); // a fault of the writer ends the wait for its steps
        queue.Complete();
        await writing;
        var outcome = await pruning;
        return PruningMessages.Done(outcome.Lines, outcome.Freed, outcome.WasAgeBelieved);
    }

    private static async Task WriteAsync(OvermindDatabase database, WriteQueue queue, TimeProvider time)
    {
        using var writer = new WriterConnection(database, time);
        await foreach (var item in queue.Reader.ReadAllAsync())
        {
            writer.Store([item]);
            (item as Persistence.Barrier)?.Reached.TrySetResult();
        }

        writer.Store([]); // counts of the deleted lines
        writer.TryCheckpoint(now: true);
    }
}
