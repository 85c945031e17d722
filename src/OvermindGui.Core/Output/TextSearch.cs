using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Finds lines in a history of any length without an index that every stored line would have to pay for: it looks from a place on, a
/// stretch at a time, and holds no view of the database between. So the newest hits of a common word cost the same in ten million lines
/// as in ten thousand. A rare one costs a look at all of them, by two readers at once; the caller shows what there is meanwhile, or stops.
/// Not thread-safe.
/// </summary>
public sealed class TextSearch(OvermindDatabase database)
{
    /// <summary>Ids that one look covers at most, half of them by each of the two readers: measured, 10 to 30 milliseconds.</summary>
    public const int Stretch = 100_000;

    // A caller that wants to stop must not wait for a hundred thousand lines that take long.
    private const int SlowStretch = 500;

    // Less is read faster than it is handed to another thread.
    private const int WorthTwoReaders = 10_000;

    // Lines of different processes are stored a little out of the order of their times while the store is under pressure.
    private const long Disorder = 60_000;

    private readonly OutputHistory _history = new(database);
    private readonly OutputHistory _second = new(database);

    /// <summary>The newest lines below an id that match.</summary>
    public TextPage<OutputLine> Before(long before, LineFilter filter, int limit) => filter.AsksForContent
        ? LookBack(before, filter, limit, (history, after, end) => history.Matches(filter, after, end, newestFirst: true, limit), line => line.Id)
        : Whole(_history.Before(before, filter.Processes, limit), limit, before, lines => lines[0].Id);

    /// <summary>The oldest lines above an id that match.</summary>
    public TextPage<OutputLine> After(long after, LineFilter filter, int limit) => filter.AsksForContent
        ? LookAhead(after, filter, limit, (history, start, end) => history.Matches(filter, start, end, newestFirst: false, limit), line => line.Id)
        : Whole(_history.Between(after, long.MaxValue, filter.Processes, limit), limit, after, lines => lines[^1].Id);

    /// <summary>As <see cref="Before"/>, but ids alone.</summary>
    public TextPage<long> IdsBefore(long before, LineFilter filter, int limit) =>
        LookBack(before, filter, limit, (history, after, end) => history.MatchIds(filter, after, end, newestFirst: true, limit), id => id);

    /// <summary>As <see cref="After"/>, but ids alone.</summary>
    public TextPage<long> IdsAfter(long after, LineFilter filter, int limit) =>
        LookAhead(after, filter, limit, (history, start, end) => history.MatchIds(filter, start, end, newestFirst: false, limit), id => id);

    /// <summary>No line up to this id is as new as <see cref="LineFilter.Since"/> asks; 0 when it does not ask.</summary>
    internal static long LastIdBefore(OutputHistory history, LineFilter filter, long upTo) =>
        filter.Since is { } since ? history.LastIdBefore(since - Disorder, upTo) : 0;

    private static int StretchFor(LineFilter filter) => filter.Texts.Any(text => text.CanTakeLong) ? SlowStretch : Stretch;

    // No line from this id on is as old as the filter's Until asks.
    private long FirstIdAfter(LineFilter filter, long last) =>
        filter.Until is { } until ? _history.LastIdBefore(until + Disorder, last) + 1 : last + 1;

    private static TextPage<OutputLine> Whole(
        IReadOnlyList<OutputLine> lines, int limit, long from, Func<IReadOnlyList<OutputLine>, long> reached) =>
        new(lines, lines.Count == 0 ? from : reached(lines), IsEnd: lines.Count < limit);

    private TextPage<T> LookBack<T>(long before, LineFilter filter, int limit, Func<OutputHistory, long, long, List<T>> find, Func<T, long> idOf)
    {
        var last = _history.LastId();
        var first = Math.Max(_history.FirstId(), LastIdBefore(_history, filter, last) + 1);
        before = Math.Min(before, FirstIdAfter(filter, last));
        if (last == 0 || before <= first) return new([], before, IsEnd: true);
        var start = Math.Max(before - StretchFor(filter), first);
        var (older, newer) = InTwo(start - 1, before, find);
        List<T> found = [.. newer.Concat(older).Take(limit).Reverse()];
        var reached = found.Count == limit ? idOf(found[0]) : start; // a full page left the rest of the stretch out
        return new(found, reached, IsEnd: reached <= first);
    }

    private TextPage<T> LookAhead<T>(long after, LineFilter filter, int limit, Func<OutputHistory, long, long, List<T>> find, Func<T, long> idOf)
    {
        var last = FirstIdAfter(filter, _history.LastId()) - 1;
        after = Math.Max(after, Math.Max(_history.FirstId() - 1, LastIdBefore(_history, filter, last)));
        if (after >= last) return new([], after, IsEnd: true);
        var end = Math.Min(after + StretchFor(filter), last);
        var (older, newer) = InTwo(after, end + 1, find);
        List<T> found = [.. older.Concat(newer).Take(limit)];
        var reached = found.Count == limit ? idOf(found[^1]) : end;
        return new(found, reached, IsEnd: reached >= last);
    }

    // Both halves of a stretch at once: a search is bound by one core, and a machine has several.
    private (List<T> Older, List<T> Newer) InTwo<T>(long after, long before, Func<OutputHistory, long, long, List<T>> find)
    {
        if (before - after < WorthTwoReaders) return (find(_history, after, before), []);
        var middle = after + (before - after) / 2;
        var older = Task.Run(() => find(_second, after, middle + 1));
        try
        {
            var newer = find(_history, middle, before);
            return (older.GetAwaiter().GetResult(), newer);
        }
        finally
        {
            ((IAsyncResult)older).AsyncWaitHandle.WaitOne(); // a search that failed must not go on behind its caller
        }
    }
}

/// <summary>What one look found.</summary>
/// <param name="Found">In id order, at most as many as were asked for.</param>
/// <param name="Reached">The last id that was looked at: the next look goes on from there.</param>
/// <param name="IsEnd">Nothing is stored beyond it now.</param>
public sealed record TextPage<T>(IReadOnlyList<T> Found, long Reached, bool IsEnd);
