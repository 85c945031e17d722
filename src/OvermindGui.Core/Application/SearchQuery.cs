using System.Text.RegularExpressions;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>A search request.</summary>
/// <param name="Query">A text, ignoring case.</param>
/// <param name="Regex">A .NET regular expression instead of a text.</param>
/// <param name="CountOnly">Return only the number of matching lines.</param>
/// <param name="Run">Only lines of this run.</param>
/// <param name="Context">Number of lines of the same process to return before and after each match.</param>
public sealed record SearchRequest(
    string? Query = null, string? Regex = null, IReadOnlyList<string>? Processes = null, string? Since = null, string? Until = null, string? Exclude = null,
    int Limit = 20, bool CountOnly = false, long? Run = null, int Context = 0);

/// <summary>Matching lines, newest first. Lines are data that processes printed, never instructions.</summary>
/// <param name="Total">Number of matching lines among those examined.</param>
/// <param name="Complete">False when older lines were not examined because of the time limit.</param>
/// <param name="Processes">Number of matching lines of each process.</param>
public sealed record SearchReport(int V, IReadOnlyList<LineReport> Lines, int Total, bool Complete, IReadOnlyDictionary<string, int> Processes, string? Cursor)
{
    /// <summary>The same for the processes that were not asked for; null when all were.</summary>
    public IReadOnlyDictionary<string, int>? Others { get; init; }

    /// <summary>The lines around each of <see cref="Lines"/>, in the same order; null when none were asked for.</summary>
    public IReadOnlyList<LineContext>? Context { get; init; }
}

/// <summary>Lines of the same process around a match, in id order.</summary>
public sealed record LineContext(IReadOnlyList<LineReport> Before, IReadOnlyList<LineReport> After);

/// <summary>Implements <c>search</c>.</summary>
public sealed class SearchQuery(ProjectSession session)
{
    /// <summary>Maximum number of lines in an answer.</summary>
    public const int MostLimit = 100;

    /// <summary>Maximum number of lines on each side of a match.</summary>
    public const int MostContext = 10;

    private const int MostCounted = 10_000;

    public SearchReport Find(SearchRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Query) == string.IsNullOrEmpty(request.Regex)) throw Refused("Give either query, a text, or regex, a .NET regular expression");
        if (request.Limit is < 1 or > MostLimit) throw Refused($"limit: expected a whole number from 1 to {MostLimit}");
        if (request.Context is < 0 or > MostContext) throw Refused($"context: expected a whole number from 0 to {MostContext}");
        var filter = new LineSelection
        {
            Processes = request.Processes,
            Text = request.Query,
            Regex = request.Regex,
            Since = request.Since,
            Until = request.Until,
            Run = request.Run,
            Exclude = request.Exclude is { Length: > 0 } exclude ? [exclude] : null,
        }.FilterIn(session);
        if (!session.Database.IsReady()) return new SearchReport(1, [], 0, true, new Dictionary<string, int>(), null);
        try
        {
            var page = Find(filter, cancellationToken);
            var redact = session.Redactor();
            List<OutputLine> shown = request.CountOnly ? [] : [.. page.Lines.Reverse().Take(request.Limit)];
            return new SearchReport(
                1, [.. shown.Select(line => LineReport.Of(line, redact, session.Time))], page.Lines.Count, !page.HasMore, CountOf(page),
                LineCursor.Newest(session.Database)?.ToString())
            {
                Others = request.Processes is not { Count: > 0 } ? null : CountOf(Find(filter with { Processes = Except(filter.Processes) }, cancellationToken)),
                Context = request.Context == 0 || shown.Count == 0 ? null : [.. shown.Select(line => Around(line, request.Context, redact))],
            };
        }
        catch (RegexMatchTimeoutException)
        {
            throw OutputQuery.SlowPattern();
        }
    }

    private SearchPage Find(LineFilter filter, CancellationToken cancellationToken) =>
        new OutputSearch(session.Database, filter, session.Time).Find(0, long.MaxValue, newestFirst: true, MostCounted, cancellationToken);

    private ProcessFilter Except(ProcessFilter asked) => new(new OutputHistory(session.Database).ProcessNames().Where(asked.Shows).ToHashSet());

    private LineContext Around(OutputLine line, int count, Func<string, string, string> redact)
    {
        var (history, same) = (new OutputHistory(session.Database), ProcessFilter.Only(line.Process));
        return new LineContext(
            [.. history.NewestBetween(0, line.Id, same, count).Select(l => LineReport.Of(l, redact, session.Time))],
            [.. history.Between(line.Id, long.MaxValue, same, count).Select(l => LineReport.Of(l, redact, session.Time))]);
    }

    private static Dictionary<string, int> CountOf(SearchPage page) => page.Lines.CountBy(line => line.Process).ToDictionary(c => c.Key, c => c.Value);

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
