using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
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

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        if (Look(connection => connection.Query("SELECT 1 FROM clearings WHERE cleared_at < $1", _ => true, LatestToKeep)).Count > 0)
            await StepAsync(new RowChange("DELETE FROM clearings WHERE cleared_at < $1", LatestToKeep), cancellationToken);
        if (Look(connection => connection.Query(StarsOfRemovable, _ => true)).Count > 0) await StepAsync(new RowChange(RemoveStars), cancellationToken);
        while (Look(connection => connection.Query(Removable, row => (Process: row.GetInt32(0), UpTo: row.GetInt64(1)))) is { Count: > 0 } rest)
        {
            foreach (var (process, upTo) in rest)
                await StepAsync(new LineDeletion(process, 0, upTo + 1, LinesAtOnce), cancellationToken);
        }
    }

    private double LatestToKeep => Time.Seconds() - Grace.TotalSeconds;
}
