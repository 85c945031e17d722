using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Deletes cleared lines once the clearing can no longer be undone.</summary>
internal sealed class ClearedLinePurger(OvermindDatabase database, WriteQueue queue, TimeProvider time, ILogger<ClearedLinePurger> logger)
    : MaintenanceService(database, queue, LookInterval, time, logger)
{
    private const int LinesAtOnce = 1_000;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    // Who takes a clearing back in its last moment must not find half of the lines.
    private static readonly TimeSpan Grace = OutputClearing.UndoTime + TimeSpan.FromSeconds(1);

    // What is still to be undone stays; all else up to the cleared id goes.
    private const string Removable =
        """
        SELECT p.id, coalesce((SELECT min(c.from_id) FROM clearings c WHERE c.process_id = p.id), p.cleared_id) AS up_to
        FROM processes p WHERE p.cleared_id > 0 AND EXISTS (SELECT 1 FROM lines l WHERE l.process_id = p.id AND l.id <= up_to)
        """;

    // A star quotes its line, so it goes first.
    private const string StarsOfRemovable =
        """
        SELECT b.id FROM bookmarks b JOIN processes p ON p.id = b.process_id
        WHERE b.line_id <= coalesce((SELECT min(c.from_id) FROM clearings c WHERE c.process_id = p.id), p.cleared_id)
        """;

    private const string RemoveStars = $"DELETE FROM bookmarks WHERE id IN ({StarsOfRemovable})";

    // Others that quote lines: hits of failure declarations, and alerts about what a process prints, which fire some seconds later.
    private const string Unquote =
        """
        UPDATE failure_hits SET text = $4 WHERE process_id = $1 AND text <> $4 AND (line_id <= $2 OR (line_id IS NULL AND time <= $3));
        UPDATE alert_hits SET message = $4 WHERE process_id = $1 AND time <= $3 + 10 AND message LIKE '% prints %';
        """;

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (Look(connection => connection.Query("SELECT 1 FROM clearings WHERE cleared_at < $1", _ => true, LatestToKeep)).Count > 0)
            await StepAsync(new RowChange("DELETE FROM clearings WHERE cleared_at < $1", LatestToKeep), cancellationToken);
        if (Look(connection => connection.Query(StarsOfRemovable, _ => true)).Count > 0) await StepAsync(new RowChange(RemoveStars), cancellationToken);
        foreach (var (process, upTo, time) in Look(Quoted)) await StepAsync(new RowChange(Unquote, process, upTo, time, FailureHistory.Cleared), cancellationToken);
        while (Look(connection => connection.Query(Removable, row => (Process: row.GetInt32(0), UpTo: row.GetInt64(1)))) is { Count: > 0 } rest)
        {
            foreach (var (process, upTo) in rest)
                await StepAsync(new LineDeletion(process, 0, upTo + 1, LinesAtOnce), cancellationToken);
        }
    }

    // The processes whose lines go next, up to which line, and from when that is.
    private static List<(int Process, long UpTo, double Time)> Quoted(SqliteConnection connection) =>
    [
        .. connection.Query(Removable, row => (Process: row.GetInt32(0), UpTo: row.GetInt64(1))).Select(rest => (
            rest.Process, rest.UpTo,
            connection.Scalar("SELECT time FROM lines WHERE process_id = $1 AND id <= $2 ORDER BY id DESC LIMIT 1", rest.Process, rest.UpTo) is long newest ? newest / 1000.0 : 0)),
    ];

    private double LatestToKeep => Time.Seconds() - Grace.TotalSeconds;
}
