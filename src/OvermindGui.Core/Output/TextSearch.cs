using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Searches a history of any length. It reads one range at a time and keeps no database snapshot in between. The newest hits of a common word
/// take the same time in ten million lines as in ten thousand. For a rare word two parallel readers look at all lines that no filter excludes
/// (<see cref="BlockScan"/>); the caller shows interim results, or stops. Not thread-safe.
/// </summary>
/// <param name="stretch">Ids that one step looks at, at most.</param>
public sealed class TextSearch(OvermindDatabase database, int stretch = TextSearch.Stretch)
{
    /// <summary>
    /// Maximum number of ids per range, half of them for each of the two readers; takes 10 to 30 milliseconds as measured.
    /// </summary>
    public const int Stretch = 200_000;

    // A caller that cancels must not wait for a hundred thousand slow lines.
    private const int SlowStretch = 500;

    // Smaller ranges are read faster than handed to another thread.
    private const int WorthTwoReaders = 10_000;

    // Under load, lines of different processes are stored slightly out of order.
    private const long Disorder = 60_000;

    private readonly OutputHistory _history = new(database);
    private readonly OutputHistory _second = new(database);

    /// <summary>The newest matching lines below an id.</summary>
    public TextPage<OutputLine> Before(long before, LineFilter filter, int limit) => filter.AsksForContent
        ? LookBack(before, filter, limit, (history, after, end) => history.Matches(filter, after, end, newestFirst: true, limit), line => line.Id)
        : Whole(_history.Before(before, filter.Processes, limit), limit, before, lines => lines[0].Id);

    /// <summary>The oldest matching lines above an id.</summary>
    public TextPage<OutputLine> After(long after, LineFilter filter, int limit) => filter.AsksForContent
        ? LookAhead(after, filter, limit, (history, start, end) => history.Matches(filter, start, end, newestFirst: false, limit), line => line.Id)
        : Whole(_history.Between(after, long.MaxValue, filter.Processes, limit), limit, after, lines => lines[^1].Id);

    /// <summary>Like <see cref="Before"/>, but returns only ids.</summary>
    public TextPage<long> IdsBefore(long before, LineFilter filter, int limit) =>
        LookBack(before, filter, limit, (history, after, end) => history.MatchIds(filter, after, end, newestFirst: true, limit), id => id);

    /// <summary>Like <see cref="After"/>, but returns only ids.</summary>
    public TextPage<long> IdsAfter(long after, LineFilter filter, int limit) =>
        LookAhead(after, filter, limit, (history, start, end) => history.MatchIds(filter, start, end, newestFirst: false, limit), id => id);

    /// <summary>All lines up to this id are older than <see cref="LineFilter.Since"/>; 0 when it is not set.</summary>
    internal static long LastIdBefore(OutputHistory history, LineFilter filter, long upTo) =>
        filter.Since is { } since ? history.LastIdBefore(since - Disorder, upTo) : 0;

    private int StretchFor(LineFilter filter) => filter.Texts.Any(text => text.CanTakeLong) ? SlowStretch : stretch;

    // All lines from this id on are newer than the filter's Until.
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
        var reached = found.Count == limit ? idOf(found[0]) : start; // the page is full: the rest of the range was not read
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

    // Reads both halves of a range in parallel: one core limits the speed of a search.
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
            ((IAsyncResult)older).AsyncWaitHandle.WaitOne(); // a failed search must not continue in the background
        }
    }
}

/// <summary>The result of one step.</summary>
/// <param name="Found">In id order, at most the requested number.</param>
/// <param name="Reached">The last id that was examined; the next step continues from there.</param>
/// <param name="IsEnd">True when nothing is stored beyond it.</param>
public sealed record TextPage<T>(IReadOnlyList<T> Found, long Reached, bool IsEnd);
