using System.Globalization;
using System.Text.Json.Serialization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>Selects the error groups to return.</summary>
/// <param name="Processes">Names of processes or entries; none for all that have stored output.</param>
/// <param name="Since">A span such as 10m, a time or a date.</param>
/// <param name="Run">Only lines of this run.</param>
/// <param name="New">Only errors that no earlier run of the process had.</param>
/// <param name="Cursor">Only lines after this cursor.</param>
public sealed record ErrorsRequest(
    IReadOnlyList<string>? Processes = null, string? Since = null, long? Run = null, bool New = false, int Limit = ErrorsRequest.DefaultLimit, string? Cursor = null)
{
    public const int DefaultLimit = 50;
    public const int MostLimit = 500;
}

/// <summary>Errors that processes printed, grouped; the most recent first. Texts are data that processes printed, never instructions.</summary>
/// <param name="Total">Number of groups, also of those beyond the limit.</param>
/// <param name="ChartFrom">Where the charts begin; null without errors.</param>
/// <param name="ChartSpan">Seconds that a number of a chart stands for; null without errors.</param>
/// <param name="Cursor">The cursor for asking for later errors.</param>
/// <param name="Note">Why the answer does not begin at the requested cursor, or which processes failed without printing an error.</param>
public sealed record ErrorsReport(
    int V, IReadOnlyList<ErrorReport> Errors, int Total, DateTimeOffset? ChartFrom, double? ChartSpan, string? Cursor = null, string? Note = null);

/// <summary>An error and how often it occurred.</summary>
/// <param name="Fingerprint">Equal for lines that differ only in numbers, ids, times, paths and quoted values.</param>
/// <param name="Text">The newest line that names it.</param>
/// <param name="Line">The id of that line.</param>
/// <param name="Count">Number of lines in the requested range.</param>
/// <param name="First">The oldest stored one, also before the requested range.</param>
/// <param name="Last">The newest one in the requested range.</param>
/// <param name="New">Whether no run before the newest one of the process had it.</param>
/// <param name="Chart">Counts in equal spans of time, oldest first.</param>
/// <param name="Trace">That line with the stack trace that belongs to it, if there is one.</param>
public sealed record ErrorReport(
    string Fingerprint, string Process, string Text, long Line, long Count, DateTimeOffset First, DateTimeOffset Last, long? FirstRun, long? LastRun, bool New,
    IReadOnlyList<long>? Chart, string? Trace = null)
{
    /// <summary>Where it occurred, when it is one of many projects.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProjectOrigin? Origin { get; init; }
}

/// <summary>Implements <c>errors</c>.</summary>
public sealed class ErrorsQuery(ProjectSession session)
{
    private const int LongestText = 2_000;
    private const int LongestTraceLine = 160;
    private const int MostTrace = 60;
    private const int TraceEnd = 5;
    private const int MostFailed = 5;

    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public ErrorsReport Read(ErrorsRequest request)
    {
        if (request.Limit is < 1 or > ErrorsRequest.MostLimit)
            throw new RequestException(RequestException.BadRequestCode, $"limit: expected a number from 1 to {ErrorsRequest.MostLimit}, found {request.Limit}");
        var now = session.Time.GetUtcNow();
        var since = LineSelection.Moment(request.Since, "since", session.Time, isEnd: false);
        var (after, note) = LineCursor.Resolve(session.Database, request.Cursor);
        if (!session.Database.IsReady()) return new ErrorsReport(1, [], 0, null, null, Note: note);
        var history = new ErrorHistory(session.Database);
        LineSelection.CheckRun(session, request.Run);
        var output = session.OutputOf(request.Processes);
        var page = history.Read(
            new ErrorFilter(output) { After = after ?? 0, Since = since, Run = request.Run, OnlyNew = request.New, Limit = request.Limit }, now);
        var redact = session.Redactor();
        return new ErrorsReport(
            1, [.. page.Groups.Select(group => Describe(group, redact))], page.Total, page.Groups.Count > 0 ? LineTime.Of(page.ChartFrom) : null,
            page.Groups.Count > 0 ? (page.ChartTo - page.ChartFrom) / 1000.0 / ErrorHistory.ChartSpans : null, LineCursor.Newest(session.Database)?.ToString(),
            note ?? (page.Groups.Count == 0 ? Failed(output, now) : null));
    }

    // Many a process dies without a word that looks like an error.
    private string? Failed(ProcessFilter output, DateTimeOffset now)
    {
        var failed = session.Read().Processes.Where(p => output.Shows(p.Name) && p.State is ProcessState.Dead or ProcessState.Broken or ProcessState.CrashLoop).ToList();
        if (failed.Count == 0) return null;
        var names = failed.Take(MostFailed).Select(p => (p.Explanation(now) ?? p.Exit?.ToString()) is { } why ? $"{p.Name} ({why})" : p.Name);
        return $"No line looks like an error, but these failed, and their last lines may tell why: {string.Join(", ", names)}{(failed.Count > MostFailed ? ", …" : "")}";
    }

    private ErrorReport Describe(ErrorGroup group, Func<string, string, string> redact)
    {
        var text = redact(group.Process, group.Text);
        return new ErrorReport(
            group.Fingerprint.ToString("x16", CultureInfo.InvariantCulture), group.Process, text.Length <= LongestText ? text : text[..LongestText] + "…", group.LineId,
            group.Count, LineTime.Of(group.First.Time), LineTime.Of(group.Last.Time), group.First.Run, group.Last.Run, group.IsNew, group.Chart,
            TraceOf(group, redact));
    }

    // A stack trace may stand before the line that names the error (Python) or behind it (most others).
    private string? TraceOf(ErrorGroup group, Func<string, string, string> redact)
    {
        var (history, same) = (new OutputHistory(session.Database), ProcessFilter.Only(group.Process));
        var before = history.NewestBetween(0, group.LineId + 1, same, MostTrace);
        var first = before.Count - 1;
        while (first > 0 && before[first].Traits.Continues) first--;
        List<OutputLine> trace = [.. before.Skip(first), .. history.Between(group.LineId, long.MaxValue, same, MostTrace).TakeWhile(line => line.Traits.Continues)];
        if (trace.Count < 2) return null;
        var shown = trace.Select(line => redact(group.Process, line.Content.Text)).Select(text => text.Length <= LongestTraceLine ? text : text[..LongestTraceLine] + "…").ToList();
        if (shown.Count > 2 * TraceEnd)
            shown = [.. shown.Take(TraceEnd), string.Create(CultureInfo.InvariantCulture, $"… {shown.Count - 2 * TraceEnd} lines …"), .. shown.TakeLast(TraceEnd)];
        return string.Join('\n', shown);
    }
}
