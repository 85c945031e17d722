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

    public Task<long> LastIdAsync() => ReadAsync(_pages.LastId);

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

    /// <summary>How many of the newest hits there are, at most a number of them, and in how many processes.</summary>
    public async Task<(int Hits, int Processes)> CountAsync(int limit)
    {
        var processes = new HashSet<string>();
        var (hits, before) = (0, long.MaxValue);
        while (hits < limit)
        {
            var page = await ReadAsync(() => _pages.Before(before, filter, limit - hits));
            hits += page.Found.Count;
            processes.UnionWith(page.Found.Select(line => line.Process));
            if (page.IsEnd) break;
            before = page.Reached;
        }

        return (hits, processes.Count);
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
