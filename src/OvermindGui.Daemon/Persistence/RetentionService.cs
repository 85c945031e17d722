using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Storage;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Deletes the oldest lines beyond what is to be kept, and gives the pages they filled back to the disk.</summary>
/// <param name="clock">Says when the age of a line means nothing for a while.</param>
internal sealed class RetentionService(
    OvermindDatabase database, WriteQueue queue, Retention keep, ClockJumps clock, TimeProvider time, ILogger<RetentionService> logger)
    : MaintenanceService(database, queue, LookInterval, time, logger)
{
    // Measured: ten thousand rows a step with pauses keep batches of new lines at or below 12 ms.
    private const int LinesAtOnce = 10_000;

    // While a step passes the queue, a flood stores some forty thousand lines: where there are many to delete, steps must be larger.
    private const int MostLinesAtOnce = 50_000;
    private const int PagesAtOnce = 256; // a megabyte; fewer free ones are soon used again
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    // Begun late and ended early, so that a steady flood is pruned now and then instead of all the time.
    private const double Slack = 0.05;

    private sealed record Stock(int Process, long Lines, long? OldestTime);

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        var postponed = clock.IsPostponed(out var jump);
        if (jump is { } by)
            logger.LogWarning("The clock has jumped by {Jump}; for an hour no line is deleted because of its age", by);
        var oldest = postponed ? long.MinValue : (Time.GetUtcNow() - keep.Age).ToUnixTimeMilliseconds();
        foreach (var stock in Look(StockOfEach))
        {
            if (stock.Lines > keep.Lines * (1 + Slack)) await DeleteAsync(stock.Process, stock.Lines - keep.Lines, long.MaxValue, cancellationToken);
            if (stock.OldestTime < oldest) await DeleteAsync(stock.Process, stock.Lines, oldest, cancellationToken);
        }

        // A third of the largest at a time: two chatty ones end up with as much each.
        while (Look(Size) is [var size] && size > keep.Size && Look(StockOfEach).MaxBy(s => s.Lines) is { Lines: > 0 } largest)
            await DeleteAsync(largest.Process, Math.Max(1, Math.Min(largest.Lines / 3, Excess(size, largest))), long.MaxValue, cancellationToken);
        while (Look(FreePages) is [> PagesAtOnce]) await StepAsync(new FreedPages(PagesAtOnce), cancellationToken);
    }

    // Lines of one process are taken for alike; the next look sees how far that was true.
    private long Excess(long size, Stock largest) => (long)(largest.Lines * Math.Min(1, (size - keep.Size * (1 - Slack)) / size)) + 1;

    /// <param name="before">Only lines of before this time, Unix milliseconds.</param>
    private async Task DeleteAsync(int process, long lines, long before, CancellationToken cancellationToken)
    {
        logger.LogDebug("Deleting up to {Lines} of the oldest lines of process {Process}", lines, process);
        var step = Math.Clamp(lines / 10, LinesAtOnce, MostLinesAtOnce);
        for (; lines > 0; lines -= step)
            await StepAsync(new LineDeletion(process, 0, long.MaxValue, (int)Math.Min(lines, step), before) { IsPruning = true }, cancellationToken);
    }

    private static List<Stock> StockOfEach(SqliteConnection connection) => connection.Query(
        """
        SELECT p.id, p.line_count,
          (SELECT l.time FROM lines l WHERE l.process_id = p.id AND l.id > p.cleared_id ORDER BY l.id LIMIT 1)
        FROM processes p WHERE p.line_count > 0
        """,
        row => new Stock(row.GetInt32(0), row.GetInt64(1), row.Nullable<long?>(2)));

    // Pages that are free do not count: they are given back, or used again.
    private static List<long> Size(SqliteConnection connection) => connection.Query(
        """
        SELECT (pages.page_count - free.freelist_count) * size.page_size
        FROM pragma_page_count pages, pragma_freelist_count free, pragma_page_size size
        """,
        row => row.GetInt64(0));

    private static List<long> FreePages(SqliteConnection connection) =>
        connection.Query("SELECT freelist_count FROM pragma_freelist_count", row => row.GetInt64(0));
}
