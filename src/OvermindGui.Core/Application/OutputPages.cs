using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Application;

/// <summary>
/// Pages of the stored output for a reader that keeps its own place, as a pane of the page does. Each call examines a bounded part of a long
/// history, so that a reader can show interim results. Not thread-safe.
/// </summary>
public sealed class OutputPages(OvermindDatabase database)
{
    private readonly OutputHistory _history = new(database);
    private readonly TextSearch _search = new(database);

    /// <summary>The newest matching lines below an id.</summary>
    public TextPage<OutputLine> Before(long id, LineFilter filter, int limit) => _search.Before(id, filter, limit);

    /// <summary>The oldest matching lines above an id.</summary>
    public TextPage<OutputLine> After(long id, LineFilter filter, int limit) => _search.After(id, filter, limit);

    /// <summary>The newest matching lines between two ids, both inclusive, and the first id that was examined.</summary>
    public TextPage<OutputLine> NewestBetween(long first, long last, LineFilter filter, int limit)
    {
        var page = filter.AsksForContent
            ? _search.Before(last + 1, filter, limit)
            : Newest(_history.NewestBetween(first - 1, last + 1, filter.Processes, limit), first, limit);
        return page with { Found = [.. page.Found.Where(line => line.Id >= first)], Reached = Math.Max(page.Reached, first) };
    }

    /// <summary>The oldest matching lines between two ids, both inclusive, and the last id that was examined.</summary>
    public TextPage<OutputLine> OldestBetween(long first, long last, LineFilter filter, int limit)
    {
        var page = _search.After(first - 1, filter, limit);
        return page.Reached < last && !page.IsEnd ? page : new TextPage<OutputLine>([.. page.Found.Where(line => line.Id <= last)], last, IsEnd: true);
    }

    /// <summary>Like <see cref="Before"/>, but returns only ids.</summary>
    public TextPage<long> IdsBefore(long id, LineFilter filter, int limit) => _search.IdsBefore(id, filter, limit);

    /// <summary>Like <see cref="After"/>, but returns only ids.</summary>
    public TextPage<long> IdsAfter(long id, LineFilter filter, int limit) => _search.IdsAfter(id, filter, limit);

    /// <summary>Those of these lines that match as they are stored now.</summary>
    public HashSet<long> MatchesAmong(IReadOnlyCollection<long> ids, LineFilter filter) => [.. _history.MatchesAmong(ids, filter).Select(line => line.Id)];

    /// <inheritdoc cref="OutputHistory.CountByProcess"/>
    public IReadOnlyDictionary<string, long> CountByProcess(IEnumerable<long> ids) => _history.CountByProcess(ids);

    /// <summary>A line; null when it is not stored.</summary>
    public OutputLine? Line(long id) => _history.Between(id - 1, id + 1, ProcessFilter.Everything, 1) is [var line] ? line : null;

    /// <summary>The id of the first line from a time on, or of the newest one; 0 when nothing is stored.</summary>
    /// <param name="time">Unix milliseconds.</param>
    public long FirstIdFrom(long time)
    {
        var last = _history.LastId();
        return Math.Min(last, _history.LastIdBefore(time, last) + 1);
    }

    /// <summary>The ids of the oldest and the newest line.</summary>
    public (long First, long Last) Extent() => (_history.FirstId(), _history.LastId());

    /// <summary>The id of the newest line.</summary>
    public long LastId() => _history.LastId();

    /// <summary>The processes with stored output.</summary>
    public IReadOnlyList<string> ProcessNames() => _history.ProcessNames();

    private static TextPage<OutputLine> Newest(IReadOnlyList<OutputLine> lines, long first, int limit) =>
        new(lines, lines.Count < limit ? first : lines[0].Id, IsEnd: false);
}
