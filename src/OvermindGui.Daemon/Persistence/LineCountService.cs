using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Counts the lines of older versions, in steps, and deletes counts of narrow spans when they are old.</summary>
internal sealed class LineCountService(OvermindDatabase database, WriteQueue queue, TimeProvider time, ILogger<LineCountService> logger)
    : MaintenanceService(database, queue, Interval, time, logger)
{
    private const int LinesAtOnce = 20_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        while (Look(connection => connection.Query("SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM counted_lines WHERE from_id = 0)", _ => true)).Count > 0)
            await StepAsync(new CountBackfill(LinesAtOnce), cancellationToken);
        foreach (var width in CountWidth.All.Where(w => w.Kept != TimeSpan.MaxValue))
        {
            var oldest = (long)(Time.Seconds() - width.Kept.TotalSeconds);
            if (Look(connection => connection.Query("SELECT 1 FROM line_counts WHERE width = $1 AND start < $2 LIMIT 1", _ => true, width.Seconds, oldest)).Count > 0)
                await StepAsync(new RowChange("DELETE FROM line_counts WHERE width = $1 AND start < $2", width.Seconds, oldest), cancellationToken);
        }
    }
}
