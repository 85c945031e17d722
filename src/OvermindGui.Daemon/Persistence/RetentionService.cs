using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Output;
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

    /// <param name="Lines">Without those that are protected.</param>
    private sealed record Stock(int Process, long Lines, long? OldestTime, IReadOnlyList<(long First, long Last)> Protected)
    {
        public long ProtectedLines { get; init; }
    }

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        var postponed = clock.IsPostponed(out var jump);
        if (jump is { } by)
            logger.LogWarning("The clock has jumped by {Jump}; for an hour no line is deleted because of its age", by);
        var oldest = postponed ? long.MinValue : (Time.GetUtcNow() - keep.Age).ToUnixTimeMilliseconds();
        foreach (var stock in Look(StockOfEach))
        {
            if (stock.Lines > keep.Lines * (1 + Slack)) await DeleteAsync(stock, stock.Lines - keep.Lines, long.MaxValue, cancellationToken);
            if (stock.OldestTime < oldest) await DeleteAsync(stock, stock.Lines, oldest, cancellationToken);
        }

        // A third of the largest at a time: two chatty ones end up with as much each.
        while (Look(Size) is [var size] && size > keep.Size && Largest(Look(StockOfEach)) is { } largest)
            await DeleteAsync(largest, Math.Max(1, Math.Min(largest.Lines / 3, Excess(size, largest))), long.MaxValue, cancellationToken);
        while (Look(FreePages) is [> PagesAtOnce]) await StepAsync(new FreedPages(PagesAtOnce), cancellationToken);
    }

    // Lines of one process are taken for alike; the next look sees how far that was true.
    private long Excess(long size, Stock largest) => (long)(largest.Lines * Math.Min(1, (size - keep.Size * (1 - Slack)) / size)) + 1;

    /// <param name="before">Only lines of before this time, Unix milliseconds.</param>
    private async Task DeleteAsync(Stock stock, long lines, long before, CancellationToken cancellationToken)
    {
        logger.LogDebug("Deleting up to {Lines} of the oldest lines of process {Process}", lines, stock.Process);
        var step = Math.Clamp(lines / 10, LinesAtOnce, MostLinesAtOnce);
        foreach (var (after, end) in ProtectedLines.Between(stock.Protected))
        {
            while (lines > 0 && OldestBetween(stock.Process, after, end) is { } oldest && oldest < before)
            {
                await StepAsync(new LineDeletion(stock.Process, after, end, (int)Math.Min(lines, step), before) { IsPruning = true }, cancellationToken);
                lines -= step;
            }
        }
    }

    private long? OldestBetween(int process, long after, long end) => Look(connection => OldestBetween(connection, process, after, end)) is [var time] ? time : null;

    private static List<long> OldestBetween(SqliteConnection connection, int process, long after, long end) => connection.Query(
        """
        SELECT time FROM lines WHERE process_id = $1 AND id > max($2, (SELECT cleared_id FROM processes WHERE id = $1)) AND id < $3 ORDER BY id LIMIT 1
        """,
        row => row.GetInt64(0), process, after, end);

    // What is protected goes last: only where nothing else is left does the size need it.
    private static Stock? Largest(List<Stock> stocks) =>
        stocks.MaxBy(s => s.Lines) is { Lines: > 0 } largest ? largest
        : stocks.Where(s => s.Protected.Count > 0).Select(s => s with { Lines = s.ProtectedLines, Protected = [] }).MaxBy(s => s.Lines) is { Lines: > 0 } pinned ? pinned
        : null;

    private static List<Stock> StockOfEach(SqliteConnection connection) =>
    [
        .. connection.Query("SELECT id, line_count FROM processes WHERE line_count > 0", row => (Process: row.GetInt32(0), Lines: row.GetInt64(1))).Select(process =>
        {
            var ranges = ProtectedLines.Of(connection, process.Process);
            var held = ranges.Sum(range => ProtectedLines.Count(connection, process.Process, range));
            var oldest = ProtectedLines.Between(ranges).SelectMany(gap => OldestBetween(connection, process.Process, gap.After, gap.Before)).Select(time => (long?)time).FirstOrDefault();
            return new Stock(process.Process, process.Lines - held, oldest, ranges) { ProtectedLines = held };
        }),
    ];

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
