using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Finds lines in a history of any length without an index that every stored line would have to pay for: it looks from a place on, a
/// stretch at a time, and holds no view of the database between. So the newest hits of a common word cost the same in ten million lines
/// as in ten thousand. A rare one costs a look at all of them; the caller shows what there is meanwhile, or stops. Not thread-safe.
/// </summary>
public sealed class TextSearch(OvermindDatabase database)
{
    /// <summary>Ids that one look covers at most: measured, 10 to 30 milliseconds.</summary>
    public const int Stretch = 50_000;

    private readonly OutputHistory _history = new(database);

    /// <summary>The newest lines below an id that match.</summary>
    public TextPage<OutputLine> Before(long before, LineFilter filter, int limit) => filter.AsksForContent
        ? LookBack(before, limit, (after, end) => _history.Matches(filter, after, end, newestFirst: true, limit), line => line.Id)
        : Whole(_history.Before(before, filter.Processes, limit), limit, before, lines => lines[0].Id);

    /// <summary>The oldest lines above an id that match.</summary>
    public TextPage<OutputLine> After(long after, LineFilter filter, int limit) => filter.AsksForContent
        ? LookAhead(after, limit, (start, before) => _history.Matches(filter, start, before, newestFirst: false, limit), line => line.Id)
        : Whole(_history.Between(after, long.MaxValue, filter.Processes, limit), limit, after, lines => lines[^1].Id);

    /// <summary>As <see cref="Before"/>, but ids alone.</summary>
    public TextPage<long> IdsBefore(long before, LineFilter filter, int limit) =>
        LookBack(before, limit, (after, end) => _history.MatchIds(filter, after, end, newestFirst: true, limit), id => id);

    /// <summary>As <see cref="After"/>, but ids alone.</summary>
    public TextPage<long> IdsAfter(long after, LineFilter filter, int limit) =>
        LookAhead(after, limit, (start, before) => _history.MatchIds(filter, start, before, newestFirst: false, limit), id => id);

    private static TextPage<OutputLine> Whole(
        IReadOnlyList<OutputLine> lines, int limit, long from, Func<IReadOnlyList<OutputLine>, long> reached) =>
        new(lines, lines.Count == 0 ? from : reached(lines), IsEnd: lines.Count < limit);

    private TextPage<T> LookBack<T>(long before, int limit, Func<long, long, List<T>> find, Func<T, long> idOf)
    {
        var first = _history.FirstId();
        before = Math.Min(before, _history.LastId() + 1);
        if (first == 0 || before <= first) return new([], before, IsEnd: true);
        var start = Math.Max(before - Stretch, first);
        var found = find(start - 1, before);
        found.Reverse();
        var reached = found.Count == limit ? idOf(found[0]) : start; // a full page left the rest of the stretch out
        return new(found, reached, IsEnd: reached <= first);
    }

    private TextPage<T> LookAhead<T>(long after, int limit, Func<long, long, List<T>> find, Func<T, long> idOf)
    {
        var last = _history.LastId();
        after = Math.Max(after, _history.FirstId() - 1);
        if (after >= last) return new([], after, IsEnd: true);
        var end = Math.Min(after + Stretch, last);
        var found = find(after, end + 1);
        var reached = found.Count == limit ? idOf(found[^1]) : end;
        return new(found, reached, IsEnd: reached >= last);
    }
}

/// <summary>What one look found.</summary>
/// <param name="Found">In id order, at most as many as were asked for.</param>
/// <param name="Reached">The last id that was looked at: the next look goes on from there.</param>
/// <param name="IsEnd">Nothing is stored beyond it now.</param>
public sealed record TextPage<T>(IReadOnlyList<T> Found, long Reached, bool IsEnd);
