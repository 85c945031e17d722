using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Searches for matching lines within a time limit per call. The next call continues a long history where this one stopped.
/// </summary>
public sealed class OutputSearch(OvermindDatabase database, LineFilter filter, TimeProvider time)
{
    /// <summary>
    /// Time limit of one call; a single line may take one second more (<see cref="Contracts.TextMatch.AllowsBacktracking"/>).
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Maximum characters per page, because lines may be long.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    private const int Step = 200;

    private readonly TextSearch _search = new(database);

    /// <summary>The newest or the oldest matching lines between two ids, both exclusive.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">
    /// An expression exceeded its time limit on a line.
    /// </exception>
    public SearchPage Find(long after, long before, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        before = Math.Min(before, new OutputHistory(database).LastId() + 1); // later lines are left to the next call
        var (found, characters) = (new List<OutputLine>(), 0);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = newestFirst ? _search.Before(before, filter, Step) : _search.After(after, filter, Step);
            foreach (var line in newestFirst ? page.Found.Reverse() : page.Found)
            {
                if (line.Id <= after || line.Id >= before) return Page(EdgeOf(found), hasMore: false);
                if (found.Count == limit || characters > MaxCharacters) return Page(EdgeOf(found), hasMore: true);
                found.Add(line);
                characters += line.Content.Text.Length;
            }

            if (newestFirst) before = page.Reached;
            else after = page.Reached;
            if (page.IsEnd || after >= before - 1) return Page(EdgeOf(found), hasMore: false);
            if (time.GetElapsedTime(started) > Patience) return Page(page.Reached, hasMore: true);
        }

        long? EdgeOf(List<OutputLine> lines) => lines.Count > 0 ? lines[^1].Id : null;

        SearchPage Page(long? edge, bool hasMore)
        {
            long? begin = found.Count > 0 ? found[0].Id : edge;
            if (newestFirst) found.Reverse();
            return newestFirst ? new SearchPage(found, edge, begin, hasMore) : new SearchPage(found, begin, edge, hasMore);
        }
    }

    /// <summary>The matching lines around a moment, half of them older, and the id of the first that is not; null when all are older.</summary>
    /// <param name="moment">Unix milliseconds.</param>
    public (SearchPage Page, long? At) Around(long moment, int limit, CancellationToken cancellationToken)
    {
        var history = new OutputHistory(database);
        var place = history.LastIdBefore(moment, history.LastId());
        var older = Find(0, place + 1, newestFirst: true, limit / 2, cancellationToken);
        var newer = Find(place, long.MaxValue, newestFirst: false, limit - older.Lines.Count, cancellationToken);
        return (
            new SearchPage([.. older.Lines, .. newer.Lines], older.FirstId ?? newer.FirstId, newer.LastId ?? older.LastId, older.HasMore || newer.HasMore),
            newer.Lines.Count > 0 ? newer.Lines[0].Id : null);
    }
}

/// <summary>Lines that match, in id order.</summary>
/// <param name="FirstId">The id from which to continue towards older lines; null when nothing is stored.</param>
/// <param name="LastId">The id from which to continue towards newer lines; null when nothing is stored.</param>
/// <param name="HasMore">Whether there are more matches in the direction of the call, or may be because the search was incomplete.</param>
public sealed record SearchPage(IReadOnlyList<OutputLine> Lines, long? FirstId, long? LastId, bool HasMore);
