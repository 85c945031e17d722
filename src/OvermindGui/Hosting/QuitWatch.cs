using Microsoft.Data.Sqlite;
using OvermindGui.Core.Data;
using OvermindGui.Core.Processes;
using OvermindGui.Core.Projects;

namespace OvermindGui.Hosting;

/// <summary>
/// Tells when the daemon has ended because someone asked it to (<c>quit</c>): then nothing is to be left over, the dashboard that was
/// started with it neither. One that was killed, or ended by itself, is no reason: the page says so and stays useful for reading.
/// </summary>
internal sealed class QuitWatch(ProjectFolder folder)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly OvermindDatabase _database = OvermindDatabase.ForClient(folder);

    /// <summary>Completes when that has happened, or with the token; never faulted by a database that cannot be read now.</summary>
    public async Task<bool> QuitAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (!DaemonLock.IsHeld(folder) && WasAsked()) return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the dashboard ends for another reason
        }

        return false;
    }

    private bool WasAsked()
    {
        try
        {
            if (!_database.IsReady()) return false;
            using var connection = _database.OpenConnection();
            return connection.Scalar(
                """
                SELECT 1 FROM daemon_commands
                WHERE command = $1 AND status = $2 AND succeeded AND timestamp >= (SELECT started_at FROM daemons ORDER BY id DESC LIMIT 1)
                """,
                CommandKind.Quit.ToText(), DaemonCommand.Completed) is not null;
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return false; // asked again soon
        }
    }
}
