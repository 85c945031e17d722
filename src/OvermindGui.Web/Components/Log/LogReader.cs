using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Application;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

/// <summary>
/// Reads pages of the history for a pane, off the circuit's own thread, so that a slow disk does not hold up clicks. An answer of null means
/// that the history cannot be read now.
/// </summary>
internal sealed class LogReader(OvermindDatabase database, ILogger logger, CancellationToken disposed)
{
    private readonly OutputPages _pages = new(database);

    // A history is read by one at a time.
    private readonly AsyncLock _reading = new();
    private readonly Dictionary<long, RenderedLine> _amendedMeanwhile = [];
    private int _pagesInFlight;

    /// <summary>The newest lines below an id that match.</summary>
    public Task<TextPage<RenderedLine>?> BeforeAsync(long id, LineFilter filter, int limit = LogWindow.PageSize) =>
        PageAsync(() => _pages.Before(id, filter, limit));

    /// <summary>The oldest lines above an id that match.</summary>
    public Task<TextPage<RenderedLine>?> AfterAsync(long id, LineFilter filter, int limit = LogWindow.PageSize) =>
        PageAsync(() => _pages.After(id, filter, limit));

    /// <summary>The newest lines between two ids, both included, and the first that was looked at.</summary>
    public Task<TextPage<RenderedLine>?> NewestAsync(long first, long last, LineFilter filter, int limit) =>
        PageAsync(() => _pages.NewestBetween(first, last, filter, limit));

    /// <summary>The oldest lines between two ids, both included, and the last that was looked at.</summary>
    public Task<TextPage<RenderedLine>?> OldestAsync(long first, long last, LineFilter filter, int limit) =>
        PageAsync(() => _pages.OldestBetween(first, last, filter, limit));

    /// <summary>Of these lines those that match as they are stored now.</summary>
    public Task<HashSet<long>?> MatchingAsync(IReadOnlyCollection<long> ids, LineFilter filter) =>
        ReadAsync(() => _pages.MatchesAmong(ids, filter));

    /// <summary>How many lines between two ids, the second one included, match.</summary>
    public async Task<long?> CountAsync(long after, long last, LineFilter filter)
    {
        var page = await ReadAsync(() => _pages.IdsBefore(last + 1, filter, int.MaxValue));
        return page?.Found.Count(id => id > after);
    }

    /// <summary>A line as it is stored; null where it is not, or cannot be read now.</summary>
    public async Task<OutputLine?> LineAsync(long id) => await ReadAsync(() => new[] { _pages.Line(id) }) is [{ } line] ? line : null;

    /// <summary>The first line read at or after a time, or the newest one; 0 where nothing is stored. Null when it cannot be read now.</summary>
    public async Task<long?> FirstIdFromAsync(long time) => await ReadAsync(() => new[] { _pages.FirstIdFrom(time) }) is [var id] ? id : null;

    /// <summary>The ids of the oldest and the newest line stored.</summary>
    public async Task<(long First, long Last)?> ExtentAsync() => await ReadAsync(() => new[] { _pages.Extent() }) is [var extent] ? extent : null;

    /// <summary>Lines that changed: a page that is being read may hold them as they were before.</summary>
    public void SawAmended(IReadOnlyList<RenderedLine> amended)
    {
        if (_pagesInFlight == 0) return;
        foreach (var line in amended) _amendedMeanwhile[line.Id] = line;
    }

    private async Task<TextPage<RenderedLine>?> PageAsync(Func<TextPage<OutputLine>> read)
    {
        _pagesInFlight++;
        try
        {
            var page = await ReadAsync(() =>
            {
                var lines = read();
                return new TextPage<RenderedLine>([.. lines.Found.Select(LineRenderer.Render)], lines.Reached, lines.IsEnd);
            });
            return page is null ? null : page with { Found = [.. page.Found.Select(line => _amendedMeanwhile.GetValueOrDefault(line.Id, line))] };
        }
        finally
        {
            if (--_pagesInFlight == 0) _amendedMeanwhile.Clear();
        }
    }

    private async Task<T?> ReadAsync<T>(Func<T> read)
        where T : class
    {
        using var turn = await _reading.EnterAsync(disposed);
        try
        {
            return await Task.Run(read, disposed);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The history cannot be read now: {Reason}", e.Message);
            database.Damage.Report(e);
            return null;
        }
    }
}
