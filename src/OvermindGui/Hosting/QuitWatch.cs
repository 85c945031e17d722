using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;

namespace OvermindGui.Hosting;

/// <summary>Why a daemon has ended.</summary>
/// <param name="Reason">The rule that ended it, in words; null when somebody asked for it.</param>
/// <param name="ExitCode">What a foreground run ends with.</param>
internal sealed record DaemonEnd(string? Reason, int ExitCode);

/// <summary>
/// Tells when the daemon has ended because someone asked it to (<c>quit</c>): then nothing is to be left over, the dashboard that was
/// started with it neither. One that was killed, or ended by itself, is no reason: the page says so and stays useful for reading.
/// </summary>
/// <param name="endsByRule">Whether the end of a process that ends all is a reason too.</param>
internal sealed class QuitWatch(ProjectFolder folder, bool endsByRule)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly OvermindDatabase _database = OvermindDatabase.In(folder);
    private long _seen = long.MaxValue;

    /// <summary>
    /// Completes when that has happened, or with null by the token; never faulted by a database that cannot be read now.
    /// </summary>
    public async Task<DaemonEnd?> EndAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        _seen = Read(connection => (long?)connection.Scalar("SELECT coalesce(max(id), 0) FROM daemon_commands")) ?? _seen;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                if (!DaemonLock.IsHeld(folder) && FindEnd() is { } end) return end;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the dashboard ends for another reason
        }

        return null;
    }

    private DaemonEnd? FindEnd() =>
        Read(connection => WasAsked(connection) ? new DaemonEnd(null, 0) : endsByRule ? EndByRule(connection) : null);

    private T? Read<T>(Func<SqliteConnection, T?> read)
    {
        try
        {
            if (!_database.IsReady()) return default;
            using var connection = _database.OpenConnection();
            return read(connection);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            return default; // asked again soon
        }
    }

    // Since the daemon started, or since we look: a clock that was set back meanwhile would hide the request.
    private bool WasAsked(SqliteConnection connection) => connection.Scalar(
        """
        SELECT 1 FROM daemon_commands WHERE command = $1 AND status = $2 AND succeeded
          AND (timestamp >= (SELECT started_at FROM daemons ORDER BY id DESC LIMIT 1) OR id > $3)
        """,
        CommandKind.Quit.ToText(), DaemonCommand.Completed, _seen) is not null;

    private static DaemonEnd? EndByRule(SqliteConnection connection) => connection.Query(
        "SELECT * FROM daemons ORDER BY id DESC LIMIT 1",
        row => row.Newer<string>("end_reason") is { } reason ? new DaemonEnd(reason, row.Newer<int?>("exit_code") ?? 0) : null) is [var end]
        ? end
        : null;
}
