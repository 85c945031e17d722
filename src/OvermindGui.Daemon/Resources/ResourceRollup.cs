using Microsoft.Extensions.Logging;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Resources;

/// <summary>
/// Keeps the samples small: measurements for an hour, then averages of a minute for a day, then of 15 minutes as long as output is kept.
/// </summary>
internal sealed class ResourceRollup(OvermindDatabase database, WriteQueue queue, CurrentLimits limits, TimeProvider time, ILogger<ResourceRollup> logger)
    : MaintenanceService(database, queue, Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private const int Minute = 60, Quarter = 15 * 60, Hour = 3_600, Day = 24 * Hour;

    // $1 is the end of the last bucket, $2 the width of a bucket. Rows and their average change in one transaction.
    private const string RollUp =
        """
        INSERT INTO resource_samples(
          process_id, run_id, time, span, cpu, cpu_peak, memory, memory_peak, threads, open_files, disk_read, disk_written, children)
        SELECT process_id, run_id, max(time), $2, sum(cpu * span) / sum(span), max(cpu_peak), CAST(sum(memory * span) / sum(span) AS INTEGER), max(memory_peak),
          max(threads), max(open_files), sum(disk_read * span) / sum(span), sum(disk_written * span) / sum(span), max(children)
        FROM resource_samples WHERE span < $2 AND time < $1 GROUP BY process_id, run_id, CAST(time / $2 AS INTEGER);
        DELETE FROM resource_samples WHERE span < $2 AND time < $1;
        """;

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        var now = Time.Seconds();
        await RollUpAsync(Minute, now - Hour, cancellationToken);
        await RollUpAsync(Quarter, now - Day, cancellationToken);
        if (Look(connection => new List<Retention> { limits.Read(connection) }) is not [var keep]) return;
        var oldest = now - keep.Age.TotalSeconds;
        if (Has("SELECT 1 FROM resource_samples WHERE span = $1 AND time < $2 LIMIT 1", Quarter, oldest))
            await StepAsync(new RowChange("DELETE FROM resource_samples WHERE span = $1 AND time < $2", Quarter, oldest), cancellationToken);
    }

    private async Task RollUpAsync(int width, double until, CancellationToken cancellationToken)
    {
        var end = Math.Floor(until / width) * width;
        if (Has("SELECT 1 FROM resource_samples WHERE span < $1 AND time < $2 LIMIT 1", width, end))
            await StepAsync(new RowChange(RollUp, end, width), cancellationToken);
    }

    private bool Has(string sql, params object?[] parameters) => Look(connection => connection.Query(sql, _ => true, parameters)).Count > 0;
}
