namespace OvermindGui.Core.Output;

/// <summary>
/// Answers a query from the stored history, however long that is: it reads in pages, and holds no view of the database between them,
/// because a reader behind a pager that stands still would keep the write-ahead log growing.
/// </summary>
public sealed class OutputReader(OutputHistory history, OutputQuery query)
{
    private const int PageSize = 1_000;

    // Lines of different processes are stored a little out of the order of their times while the store is under pressure.
    private const long Disorder = 60_000;

    /// <summary>The id behind which the newest <paramref name="count"/> lines that match stand, up to an id; null is all.</summary>
    public long PlaceOfNewest(long? count, long upTo)
    {
        if (count == 0) return upTo;
        var first = query.Since is { } since ? history.LastIdBefore(since - Disorder, upTo) : 0;
        if (count is null) return first;
        var newest = !query.AsksForContent ? history.NewestId(query.Processes, count.Value, upTo) : NewestMatch(count.Value, first, upTo);
        return Math.Max(first, newest - 1 ?? 0);
    }

    /// <summary>The lines that match between two ids, the second one included, in id order, read as they are asked for.</summary>
    public IEnumerable<OutputLine> Read(long after, long upTo) =>
        from page in Pages(after, upTo) from line in page where query.Matches(line) select line;

    /// <summary>As <see cref="Read"/>, but in pages, and with every line of the processes asked for.</summary>
    public IEnumerable<IReadOnlyList<OutputLine>> Pages(long after, long upTo)
    {
        while (after < upTo && history.Between(after, upTo + 1, query.Processes, PageSize) is { Count: > 0 } page)
        {
            yield return page;
            after = page[^1].Id;
        }
    }

    // Backwards page by page, and nothing is kept: as many matches as were asked for may be more than memory holds.
    private long? NewestMatch(long count, long after, long upTo)
    {
        var before = upTo + 1;
        while (history.Before(before, query.Processes, PageSize) is { Count: > 0 } page)
        {
            for (var i = page.Count - 1; i >= 0; i--)
            {
                if (page[i].Id <= after) return null;
                if (query.Matches(page[i]) && --count == 0) return page[i].Id;
            }

            before = page[0].Id;
        }

        return null;
    }
}
