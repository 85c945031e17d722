using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Web.Components.Log;

/// <summary>Looks for the hits of one search, off the circuit's own thread. A database that cannot be read now is waited for.</summary>
internal sealed class BackgroundSearcher(OvermindDatabase database, LineFilter filter, TimeProvider time, CancellationToken stop)
{
    private const int HitsAtOnce = 2_000;
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    private readonly OutputPages _pages = new(database);

    public Task<(long First, long Last)> ExtentAsync() => ReadAsync(_pages.Extent);

    public Task<TextPage<long>> BeforeAsync(long id) => ReadAsync(() => _pages.IdsBefore(id, filter, HitsAtOnce));

    public Task<TextPage<long>> AfterAsync(long id) => ReadAsync(() => _pages.IdsAfter(id, filter, HitsAtOnce));

    public Task<HashSet<long>> AmongAsync(IReadOnlyCollection<long> ids) =>
        ReadAsync(() => _pages.MatchesAmong(ids, filter));

    /// <summary>The nearest hit before an id, however far that is.</summary>
    public async Task<long?> NearestBeforeAsync(long id)
    {
        while (true)
        {
            var page = await ReadAsync(() => _pages.IdsBefore(id, filter, 1));
            if (page.Found is [var hit]) return hit;
            if (page.IsEnd) return null;
            id = page.Reached;
        }
    }

    /// <summary>The nearest hit after an id, however far that is.</summary>
    public async Task<long?> NearestAfterAsync(long id)
    {
        while (true)
        {
            var page = await ReadAsync(() => _pages.IdsAfter(id, filter, 1));
            if (page.Found is [var hit]) return hit;
            if (page.IsEnd) return null;
            id = page.Reached;
        }
    }

    /// <summary>The processes with stored output that a filter hides.</summary>
    public async Task<IReadOnlyList<string>> HiddenNamesAsync(ProcessFilter shown) =>
        [.. (await ReadAsync(_pages.ProcessNames)).Where(name => !shown.Shows(name))];

    public Task<IReadOnlyDictionary<string, long>> CountByProcessAsync(IReadOnlyList<long> ids) => ReadAsync(() => _pages.CountByProcess(ids));

    /// <summary>How many of the newest hits each process has, at most a number of them together.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(int limit)
    {
        var counts = new Dictionary<string, long>();
        var (hits, before) = (0, long.MaxValue);
        while (hits < limit)
        {
            var page = await ReadAsync(() => _pages.Before(before, filter, limit - hits));
            hits += page.Found.Count;
            foreach (var line in page.Found) counts[line.Process] = counts.GetValueOrDefault(line.Process) + 1;
            if (page.IsEnd) break;
            before = page.Reached;
        }

        return counts;
    }

    private async Task<T> ReadAsync<T>(Func<T> read)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var found = await Task.Run(read, stop);
                stop.ThrowIfCancellationRequested();
                return found;
            }
            catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
            {
                database.Damage.Report(e);
                await Task.Delay(RetryInterval, time, stop);
            }
        }
    }
}
