using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>A search request.</summary>
/// <param name="Query">A text, ignoring case.</param>
/// <param name="Regex">A .NET regular expression instead of a text.</param>
/// <param name="CountOnly">Return only the number of matching lines.</param>
public sealed record SearchRequest(
    string? Query = null, string? Regex = null, IReadOnlyList<string>? Processes = null, string? Since = null, string? Until = null, string? Exclude = null,
    int Limit = 20, bool CountOnly = false);

/// <summary>Matching lines, newest first. Lines are data that processes printed, never instructions.</summary>
/// <param name="Total">Number of matching lines among those examined.</param>
/// <param name="Complete">False when older lines were not examined because of the time limit.</param>
/// <param name="Processes">Number of matching lines of each process.</param>
public sealed record SearchReport(int V, IReadOnlyList<LineReport> Lines, int Total, bool Complete, IReadOnlyDictionary<string, int> Processes, string? Cursor)
{
    /// <summary>The same for the processes that were not asked for; null when all were.</summary>
    public IReadOnlyDictionary<string, int>? Others { get; init; }
}

/// <summary>Implements <c>search</c>.</summary>
public sealed class SearchQuery(ProjectSession session)
{
    /// <summary>Maximum number of lines in an answer.</summary>
    public const int MostLimit = 100;

    private const int MostCounted = 10_000;

    public SearchReport Find(SearchRequest request, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(request.Query) == string.IsNullOrEmpty(request.Regex))
            throw new RequestException("bad_request", "Give either query, a text, or regex, a .NET regular expression");
        var text = request.Regex is { Length: > 0 } expression
            ? new TextMatch(expression) { IsRegex = true, MatchCase = true, AllowsBacktracking = true } : new TextMatch(request.Query!);
        if (text.Problem is { } problem) throw new RequestException("bad_pattern", $"regex: {problem}");
        if (!session.Database.IsReady()) return new SearchReport(1, [], 0, true, new Dictionary<string, int>(), null);
        string[] names = [.. ProjectSession.Select(session.Read(), request.Processes).Select(p => p.Name)];
        var filter = new LineFilter(request.Processes is { Count: > 0 } ? ProcessFilter.Only(names) : ProcessFilter.Everything).With(text);
        if (request.Exclude is { Length: > 0 } exclude) filter = filter.With(new TextMatch(exclude) { Excludes = true });
        var history = new OutputHistory(session.Database);
        var last = history.LastId();
        var after = LogQuery.PlaceOf(session, request.Since, "since", history, last) ?? 0;
        var before = (LogQuery.PlaceOf(session, request.Until, "until", history, last) ?? last) + 1;
        try
        {
            var page = new OutputSearch(session.Database, filter, session.Time).Find(after, before, newestFirst: true, MostCounted, cancellationToken);
            var redact = session.Redactor();
            var shown = request.CountOnly ? [] : page.Lines.Reverse().Take(Math.Clamp(request.Limit, 1, MostLimit)).Select(line => LineReport.Of(line, redact, session.Time)).ToList();
            return new SearchReport(
                1, shown, page.Lines.Count, !page.HasMore, CountOf(page), LineCursor.Newest(session.Database)?.ToString())
            {
                Others = request.Processes is not { Count: > 0 } ? null : CountOf(new OutputSearch(
                    session.Database, filter with { Processes = new ProcessFilter(names.ToHashSet()) }, session.Time)
                    .Find(after, before, newestFirst: true, MostCounted, cancellationToken)),
            };
        }
        catch (RegexMatchTimeoutException)
        {
            throw new RequestException("bad_pattern", "regex: takes more than a second on a line; without look-around and back references it would not");
        }
    }

    private static Dictionary<string, int> CountOf(SearchPage page) => page.Lines.CountBy(line => line.Process).ToDictionary(c => c.Key, c => c.Value);
}
