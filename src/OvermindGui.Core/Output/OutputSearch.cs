using OvermindGui.Core.Storage;

namespace OvermindGui.Core.Output;

/// <summary>
/// Looks for lines that match, for as long as a caller may be kept waiting: the next call looks through what is left of a long history, and
/// goes on where this one ended.
/// </summary>
public sealed class OutputSearch(OvermindDatabase database, LineFilter filter, TimeProvider time)
{
    /// <summary>How long one call looks; a single line may take a second more (<see cref="Contracts.TextMatch.AllowsBacktracking"/>).</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Texts of a page: lines may be long.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    private const int Step = 200;

    private readonly TextSearch _search = new(database);

    /// <summary>Matching lines between two ids, both exclusive: the newest ones, or the oldest.</summary>
    /// <exception cref="System.Text.RegularExpressions.RegexMatchTimeoutException">An expression takes too long on a line.</exception>
    public SearchPage Find(long after, long before, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        before = Math.Min(before, new OutputHistory(database).LastId() + 1); // what comes meanwhile is for the next call
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
}

/// <summary>Lines that match, in id order.</summary>
/// <param name="FirstId">Where a call for older ones goes on; null when there is nothing here.</param>
/// <param name="LastId">Where a call for newer ones goes on; null when there is nothing here.</param>
/// <param name="HasMore">Whether there are more in the direction of the call, or there may be because not all was looked through.</param>
public sealed record SearchPage(IReadOnlyList<OutputLine> Lines, long? FirstId, long? LastId, bool HasMore);
