using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Timing;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Makes the filters by which a search skips settled lines. A change of a line deletes its filter (<see cref="LineUpdate"/>), and so does
/// the deletion of cleared lines: it is made again from what is left.
/// </summary>
internal sealed class SearchFilterService(OvermindDatabase database, WriteQueue queue, TimeProvider time, ILogger<SearchFilterService> logger)
    : MaintenanceService(database, queue, LookInterval, time, logger)
{
    // A search reads some ten thousand lines without a filter in a millisecond.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);
    private const int FiltersAtOnce = 4;

    // To hash a line costs half as much as to store it, which a flood should not have to wait for; but it may last.
    private static readonly TimeSpan LongestFlood = TimeSpan.FromMinutes(1);

    // The newest lines still change.
    private const int Unsettled = 4_096;

    // A line may have been changed or deleted since it was read.
    private const string Insert =
        """
        INSERT OR REPLACE INTO search_filters(id, filter) SELECT $1, $2
        WHERE (SELECT count(*) FROM lines WHERE id > $3 AND id < $4) = $5
          AND NOT EXISTS (SELECT 1 FROM amendments WHERE id > $6 AND line_id > $3 AND line_id < $4)
          AND (SELECT coalesce(min(id), 0) FROM amendments) <= $6 + 1
        """;

    private sealed record Made(long Block, byte[] Filter, long Count, long LastAmendment);

    private long _seen;

    protected override bool MayHaveWork => Queue.OutputChanges != _seen;

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        _seen = Queue.OutputChanges;
        if (Look(Extent) is not [var (first, last)]) return;
        if (Look(connection => connection.Query("SELECT 1 FROM search_filters WHERE id < $1 LIMIT 1", _ => true, first)).Count > 0)
            await StepAsync(new RowChange("DELETE FROM search_filters WHERE id < $1", first), cancellationToken);
        var made = Look(connection => connection.Query("SELECT id FROM search_filters INDEXED BY search_filters_by_id", row => row.GetInt64(0))).ToHashSet();
        var began = Time.GetTimestamp();
        foreach (var blocks in Blocks(first, last).Where(block => !made.Contains(block)).Chunk(FiltersAtOnce))
        {
            if (IsFlood(began)) await Heartbeat.UntilAsync(() => !IsFlood(began), cancellationToken);
            foreach (var filter in Look(connection => Make(connection, blocks)))
            {
                var (after, before) = TrigramFilter.RangeOf(filter.Block);
                await StepAsync(new RowChange(Insert, filter.Block, filter.Filter, after, before, filter.Count, filter.LastAmendment), cancellationToken);
            }
        }
    }

    private bool IsFlood(long began) => Queue.HasEnough && Time.GetElapsedTime(began) < LongestFlood;

    private static IEnumerable<long> Blocks(long first, long last)
    {
        for (var block = first; block <= last; block++) yield return block;
    }

    // The blocks of settled lines; none while there are too few.
    private static List<(long First, long Last)> Extent(SqliteConnection connection) => connection.Query(
        "SELECT (SELECT min(id) FROM lines), (SELECT max(id) FROM lines)", row => (First: row.Nullable<long?>(0), Last: row.Nullable<long?>(1))) is [({ } first, { } last)]
        && TrigramFilter.BlockOf(last - Unsettled) - 1 is var newest && newest >= TrigramFilter.BlockOf(first)
            ? [(TrigramFilter.BlockOf(first), newest)]
            : [];

    private static List<Made> Make(SqliteConnection connection, long[] blocks)
    {
        using var transaction = connection.BeginTransaction(deferred: true); // one view of lines and changes
        var amendment = (long)connection.Scalar("SELECT coalesce(max(id), 0) FROM amendments")!;
        using var lines = new JoinedLines(connection);
        return
        [
            .. blocks.Select(block =>
            {
                var (after, before) = TrigramFilter.RangeOf(block);
                return lines.Read(after, before, (texts, count) => new Made(block, TrigramFilter.Build(texts), count, amendment));
            }),
        ];
    }
}
