using Microsoft.Data.Sqlite;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Hosting;

/// <summary>Why a daemon has ended.</summary>
/// <param name="Reason">The exit policy that ended it, as text; null when it was asked to quit.</param>
/// <param name="ExitCode">The exit code for a foreground run.</param>
internal sealed record DaemonEnd(string? Reason, int ExitCode);

/// <summary>
/// Detects that the daemon has ended on request (<c>quit</c>), which also ends the dashboard that was started with it. After a crash or
/// kill the dashboard continues: the page reports it and stays useful for reading.
/// </summary>
/// <param name="endsByRule">Whether to also react to a daemon that its exit policy ended.</param>
internal sealed class QuitWatch(ProjectFolder folder, bool endsByRule)
{
    private readonly OvermindDatabase _database = OvermindDatabase.In(folder);
    private long _seen = long.MaxValue;

    /// <summary>
    /// Completes when that has happened, or with null when the token is cancelled. A temporarily unreadable database causes no exception.
    /// </summary>
    public async Task<DaemonEnd?> EndAsync(CancellationToken stop)
    {
        _seen = Read(connection => (long?)connection.Scalar("SELECT coalesce(max(id), 0) FROM daemon_commands")) ?? _seen;
        try
        {
            DaemonEnd? end = null;
            await Heartbeat.UntilAsync(() => !DaemonLock.IsHeld(folder) && (end = FindEnd()) is not null, stop);
            return end;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null; // the dashboard ends for another reason
        }
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
            return default; // retried soon
        }
    }

    // Accepts requests by time since the daemon's start, or by id since this watch began: by time alone, a clock that was set back would
    // hide a request.
    private bool WasAsked(SqliteConnection connection) => connection.Scalar(
        """
        SELECT 1 FROM daemon_commands WHERE command = $1 AND status = $2 AND succeeded
          AND (timestamp >= (SELECT started_at FROM daemons ORDER BY id DESC LIMIT 1) OR id > $3)
        """,
        CommandKind.Quit.ToText(), DaemonCommand.Completed, _seen) is not null;

    private static DaemonEnd? EndByRule(SqliteConnection connection) => connection.Query(
        "SELECT * FROM daemons ORDER BY id DESC LIMIT 1",
        row => row.Newer<string>("end_reason") is { } reason && row.Newer<int?>("exit_code") is { } code ? new DaemonEnd(reason, code) : null) is [var end]
        ? end
        : null;
}
