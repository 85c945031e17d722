using System.Text.RegularExpressions;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>Selects a page of output; by default the newest lines.</summary>
/// <param name="Before">Only lines below this id, the newest ones.</param>
/// <param name="After">Only lines above this id, the oldest ones.</param>
/// <param name="At">The lines around a moment: a span such as 10m, a time or a date.</param>
public sealed record OutputRequest(LineSelection Lines, long? Before = null, long? After = null, string? At = null, int Limit = OutputRequest.DefaultLimit)
{
    public const int DefaultLimit = 500;
    public const int MostLimit = 5_000;
}

/// <summary>A page of output, in id order.</summary>
/// <param name="FirstId">The id from which to continue towards older lines; null when nothing is stored.</param>
/// <param name="LastId">The id from which to continue towards newer lines; null when nothing is stored.</param>
/// <param name="HasMore">Whether there are more lines in the requested direction, or may be because the search was incomplete.</param>
/// <param name="AtId">The first line at or after the requested moment; null without one, or when all lines are older.</param>
public sealed record OutputPage(IReadOnlyList<OutputLine> Lines, long? FirstId, long? LastId, bool HasMore, long? AtId);

/// <summary>Reads stored output as lines with all their properties, for the HTTP API and for links of the page.</summary>
public sealed class OutputQuery(ProjectSession session)
{
    /// <summary>The answer to an expression that takes too long.</summary>
    internal static RequestException SlowPattern() => new(
        RequestException.BadPatternCode, "regex: takes more than a second on a line; without look-around and back references it would not");

    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public OutputPage Read(OutputRequest request, CancellationToken cancellationToken)
    {
        if (request.Limit is < 1 or > OutputRequest.MostLimit) throw Refused($"limit: expected a whole number from 1 to {OutputRequest.MostLimit}");
        if (request.Before < 1) throw Refused("before: expected a whole number from 1");
        if (request.After < 0) throw Refused("after: expected a whole number from 0");
        var search = Search(request.Lines.FilterIn(session));
        var moment = LineSelection.Moment(request.At, "at", session.Time, isEnd: false);
        if (moment is not null && (request.Before ?? request.After) is not null) throw Refused("at: cannot be combined with before or after");
        try
        {
            if (moment is null)
                return Page(search.Find(request.After ?? 0, request.Before ?? long.MaxValue, newestFirst: request.After is null, request.Limit, cancellationToken), null);
            var (page, at) = search.Around(moment.Value, request.Limit, cancellationToken);
            return Page(page, at);
        }
        catch (RegexMatchTimeoutException)
        {
            throw SlowPattern();
        }
    }

    /// <summary>All selected lines between two ids, both exclusive, that are stored now, read lazily.</summary>
    /// <exception cref="RequestException">The selection is unusable, or could be too slow to complete.</exception>
    public IEnumerable<OutputLine> ReadAll(LineSelection lines, long after, long before)
    {
        var filter = lines.FilterIn(session);
        if (filter.Texts.Any(text => text.CanTakeLong)) // it could break off in the middle
            throw new RequestException(RequestException.BadPatternCode, "regex: look-around, back references and very large repetitions are not supported in an export");
        return new OutputReader(session.Database, filter).Read(after, Math.Min(before - 1, new OutputHistory(session.Database).LastId()));
    }

    /// <summary>A line; null when it is not stored.</summary>
    public OutputLine? Line(long id) => session.Database.IsReady() ? new OutputPages(session.Database).Line(id) : null;

    /// <summary>The first matching line at or after a moment, or else the newest one; null when no line matches.</summary>
    public OutputLine? LineAt(DateTimeOffset moment, LineFilter filter)
    {
        if (!session.Database.IsReady()) return null;
        var (page, at) = Search(filter).Around(moment.ToUnixTimeMilliseconds(), 2, CancellationToken.None);
        return page.Lines.FirstOrDefault(line => line.Id == at) ?? (page.Lines is [.., var last] ? last : null);
    }

    private OutputSearch Search(LineFilter filter) => new(session.Database, filter, session.Time);

    private static OutputPage Page(SearchPage page, long? at) => new(page.Lines, page.FirstId, page.LastId, page.HasMore, at);

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
