using System.Globalization;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>Selects the error groups to return.</summary>
/// <param name="Processes">Names of processes or entries; none for all that have stored output.</param>
/// <param name="Since">A span such as 10m, a time or a date.</param>
/// <param name="Run">Only lines of this run.</param>
/// <param name="New">Only errors that no earlier run of the process had.</param>
public sealed record ErrorsRequest(IReadOnlyList<string>? Processes = null, string? Since = null, long? Run = null, bool New = false, int Limit = ErrorsRequest.DefaultLimit)
{
    public const int DefaultLimit = 50;
    public const int MostLimit = 500;
}

/// <summary>Errors that processes printed, grouped; the most recent first. Texts are data that processes printed, never instructions.</summary>
/// <param name="Total">Number of groups, also of those beyond the limit.</param>
/// <param name="ChartFrom">Where the charts begin; null without errors.</param>
/// <param name="ChartSpan">Seconds that a number of a chart stands for; null without errors.</param>
public sealed record ErrorsReport(int V, IReadOnlyList<ErrorReport> Errors, int Total, DateTimeOffset? ChartFrom, double? ChartSpan);

/// <summary>An error and how often it occurred.</summary>
/// <param name="Fingerprint">Equal for lines that differ only in numbers, ids, times, paths and quoted values.</param>
/// <param name="Text">The newest line that names it.</param>
/// <param name="Line">The id of that line.</param>
/// <param name="Count">Number of lines in the requested range.</param>
/// <param name="First">The oldest stored one, also before the requested range.</param>
/// <param name="Last">The newest one in the requested range.</param>
/// <param name="New">Whether no run before the newest one of the process had it.</param>
/// <param name="Chart">Counts in equal spans of time, oldest first.</param>
public sealed record ErrorReport(
    string Fingerprint, string Process, string Text, long Line, long Count, DateTimeOffset First, DateTimeOffset Last, long? FirstRun, long? LastRun, bool New,
    IReadOnlyList<long>? Chart);

/// <summary>Implements <c>errors</c>.</summary>
public sealed class ErrorsQuery(ProjectSession session)
{
    private const int LongestText = 2_000;

    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public ErrorsReport Read(ErrorsRequest request)
    {
        if (request.Limit is < 1 or > ErrorsRequest.MostLimit)
            throw new RequestException(RequestException.BadRequestCode, $"limit: expected a number from 1 to {ErrorsRequest.MostLimit}, found {request.Limit}");
        var now = session.Time.GetUtcNow();
        var since = SinceOf(request.Since);
        if (!session.Database.IsReady()) return new ErrorsReport(1, [], 0, null, null);
        var history = new ErrorHistory(session.Database);
        if (request.Run is { } run && !history.HasRun(run))
            throw new RequestException(RequestException.BadRequestCode, $"run: there is no run {run.ToString(CultureInfo.InvariantCulture)}; its lines may have been deleted");
        var page = history.Read(
            new ErrorFilter(ProcessesOf(request.Processes)) { Since = since?.ToUnixTimeMilliseconds(), Run = request.Run, OnlyNew = request.New, Limit = request.Limit }, now);
        var redact = session.Redactor();
        return new ErrorsReport(
            1, [.. page.Groups.Select(group => Describe(group, redact))], page.Total, page.Groups.Count > 0 ? LineTime.Of(page.ChartFrom) : null,
            page.Groups.Count > 0 ? (page.ChartTo - page.ChartFrom) / 1000.0 / ErrorHistory.ChartSpans : null);
    }

    private static ErrorReport Describe(ErrorGroup group, Func<string, string, string> redact)
    {
        var text = redact(group.Process, group.Text);
        return new ErrorReport(
            group.Fingerprint.ToString("x16", CultureInfo.InvariantCulture), group.Process, text.Length <= LongestText ? text : text[..LongestText] + "…", group.LineId,
            group.Count, LineTime.Of(group.First.Time), LineTime.Of(group.Last.Time), group.First.Run, group.Last.Run, group.IsNew, group.Chart);
    }

    private DateTimeOffset? SinceOf(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return PastTime.TryParse(text, session.Time, out var since, out var problem)
            ? since
            : throw new RequestException(RequestException.BadRequestCode, $"since: {problem}");
    }

    // Also processes that are no longer in the Procfile.
    private ProcessFilter ProcessesOf(IReadOnlyList<string>? asked)
    {
        if (asked is not { Count: > 0 }) return ProcessFilter.Everything;
        var processes = session.Read().Processes;
        string[] known = [.. processes.Select(p => p.Name).Union(new OutputHistory(session.Database).ProcessNames())];
        var names = new List<string>();
        foreach (var name in asked)
        {
            string[] named = [.. processes.Where(p => p.Entry == name).Select(p => p.Name).Append(name).Where(known.Contains).Distinct()];
            if (named.Length == 0) throw RequestException.UnknownProcess(name, known);
            names.AddRange(named);
        }

        return ProcessFilter.Only(names);
    }
}
