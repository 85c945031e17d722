using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Reads the lines of a filter from a history of any length, in pages and without a database snapshot between them: a reader behind a
/// paused pager would make the write-ahead log grow.
/// </summary>
public sealed class OutputReader(OvermindDatabase database, LineFilter filter)
{
    private const int PageSize = 1_000;

    private readonly OutputHistory _history = new(database);
    private readonly TextSearch _search = new(database);

    /// <summary>The id after which the newest <paramref name="count"/> matching lines up to an id begin; null for all.</summary>
    public long PlaceOfNewest(long? count, long upTo)
    {
        if (count == 0) return upTo;
        var first = TextSearch.LastIdBefore(_history, filter, upTo);
        if (count is null) return first;
        var newest = filter.AsksForContent ? NewestMatch(count.Value, first, upTo) : _history.NewestId(filter.Processes, count.Value, upTo);
        return Math.Max(first, newest - 1 ?? 0);
    }

    /// <summary>The matching lines between two ids, the second one inclusive, in id order, read lazily.</summary>
    public IEnumerable<OutputLine> Read(long after, long upTo)
    {
        while (after < upTo)
        {
            var page = _search.After(after, filter, PageSize);
            foreach (var line in page.Found)
            {
                if (line.Id > upTo) yield break;
                yield return line;
            }

            if (page.IsEnd) yield break;
            after = page.Reached;
        }
    }

    /// <summary>
    /// Like <see cref="Read"/>, with up to the given number of context lines of the shown processes around each match. Overlapping context
    /// appears once; null separates groups that do not touch.
    /// </summary>
    public IEnumerable<OutputLine?> ReadWithContext(long after, long upTo, int before, int following)
    {
        if (before == 0 && following == 0)
        {
            foreach (var line in Read(after, upTo)) yield return line;
            yield break;
        }

        long? printed = null;
        foreach (var match in Read(after, upTo))
        {
            if (printed is { } reached && match.Id <= reached) continue;
            var group = _history.NewestBetween(printed ?? 0, match.Id, filter.Processes, before)
                .Append(match)
                .Concat(Following(match.Id, upTo, following))
                .ToList();
            if (printed is { } end && _history.Between(end, group[0].Id, filter.Processes, 1).Count > 0) yield return null;
            foreach (var line in group) yield return line;
            printed = group[^1].Id;
        }
    }

    // A match within the context of another one extends the context.
    private IEnumerable<OutputLine> Following(long match, long upTo, int count)
    {
        var left = count;
        while (left > 0)
        {
            var lines = _history.Between(match, upTo + 1, filter.Processes, left);
            if (lines.Count == 0) yield break;
            foreach (var line in lines)
            {
                yield return line;
                match = line.Id;
                left = filter.Matches(line) ? count : left - 1;
            }
        }
    }

    // Runs backwards page by page without storing matches: their number may exceed memory.
    private long? NewestMatch(long count, long after, long upTo)
    {
        var before = upTo + 1;
        while (true)
        {
            var page = _search.IdsBefore(before, filter, PageSize);
            for (var i = page.Found.Count - 1; i >= 0; i--)
            {
                if (page.Found[i] <= after) return null;
                if (--count == 0) return page.Found[i];
            }

            if (page.IsEnd) return null;
            before = page.Reached;
        }
    }
}
