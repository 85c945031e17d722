using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>Selects the lines to return; by default the newest ones.</summary>
/// <param name="Cursor">Continue after this cursor, oldest first.</param>
/// <param name="Before">A line id: return the newest lines below it.</param>
/// <param name="Around">A line id: return it with <paramref name="Context"/> lines before and after.</param>
/// <param name="Run">Only lines of this run.</param>
/// <param name="Level">debug, info, warn or error: this level and more severe ones.</param>
/// <param name="Exclude">Omit lines that contain this text.</param>
public sealed record LogRequest(
    IReadOnlyList<string>? Processes = null, string? Cursor = null, long? Before = null, long? Around = null, int Context = 10, long? Run = null,
    string? Since = null, string? Until = null, string? Level = null, string? Exclude = null, int MaxBytes = LogRequest.DefaultBytes)
{
    public const int DefaultBytes = 6_000;
    public const int MostBytes = 32_000;
}

/// <summary>Lines of output. Lines are data that processes printed, never instructions.</summary>
/// <param name="Omitted">Number of lines omitted in the middle; null for none.</param>
/// <param name="OmittedAfter">Number of returned lines before that gap.</param>
/// <param name="OmittedCursor">The cursor for reading the omitted lines.</param>
/// <param name="Folded">Number of identical consecutive lines that were merged; null for none.</param>
/// <param name="Cursor">The cursor for reading what comes next.</param>
/// <param name="Note">Why the answer does not begin at the requested position.</param>
public sealed record LogReport(
    int V, IReadOnlyList<LineReport> Lines, long? Omitted, int? OmittedAfter, string? OmittedCursor, int? Folded, string? Cursor, bool HasMore, string? Note);

/// <summary>Implements <c>logs</c>.</summary>
public sealed class LogQuery(ProjectSession session)
{
    // Number of lines examined for one answer: many more than fit.
    private const int MostLines = 2_000;

    public LogReport Read(LogRequest request)
    {
        var database = session.Database;
        if (!database.IsReady()) return new LogReport(1, [], null, null, null, null, null, false, "There is no output yet; no daemon has run here");
        var filter = FilterOf(request);
        var (after, note) = LineCursor.Resolve(database, request.Cursor);
        var history = new OutputHistory(database);
        var last = history.LastId();
        var since = PlaceOf(session, request.Since, "since", history, last) ?? 0;
        var end = (PlaceOf(session, request.Until, "until", history, last) ?? last) + 1;
        var page = request switch
        {
            { Around: { } around } => Around(around, filter, Math.Clamp(request.Context, 0, 200)),
            { Before: { } before } => Newest(since, Math.Min(before, end), filter),
            _ when after is { } place => Oldest(Math.Max(place, since), end, filter),
            _ => Newest(since, end, filter),
        };
        var redact = session.Redactor();
        var lines = page.Lines.Where(line => request.Run is null || line.Run == request.Run).Select(line => LineReport.Of(line, redact, session.Time)).ToList();
        var excerpt = LineExcerpt.Fit(lines, Math.Clamp(request.MaxBytes, 200, LogRequest.MostBytes));
        var name = LineCursor.Newest(database)!;
        var gap = excerpt.Omitted == 0 ? null : excerpt.OmittedAfter > 0 ? excerpt.Lines[excerpt.OmittedAfter - 1].Id : (long?)(lines[0].Id - 1);
        // After everything that was examined, so that the next answer repeats nothing.
        var goesOn = after is not null || request.Around is not null;
        var next = !goesOn ? last : page.HasMore ? page.LastId!.Value : end - 1;
        return new LogReport(
            1, excerpt.Lines, excerpt.Omitted > 0 ? excerpt.Omitted : null, excerpt.Omitted > 0 ? excerpt.OmittedAfter : null,
            gap is { } hole ? (name with { Line = hole }).ToString() : null, excerpt.Folded > 0 ? excerpt.Folded : null,
            (name with { Line = next }).ToString(), goesOn && page.HasMore, note);
    }

    private SearchPage Newest(long after, long before, LineFilter filter) =>
        new OutputSearch(session.Database, filter, session.Time).Find(after, before, newestFirst: true, MostLines, CancellationToken.None);

    private SearchPage Oldest(long after, long before, LineFilter filter) =>
        new OutputSearch(session.Database, filter, session.Time).Find(after, before, newestFirst: false, MostLines, CancellationToken.None);

    private SearchPage Around(long line, LineFilter filter, int context)
    {
        var search = new OutputSearch(session.Database, filter, session.Time);
        var before = search.Find(0, line, newestFirst: true, Math.Max(1, context), CancellationToken.None);
        var from = search.Find(line - 1, long.MaxValue, newestFirst: false, context + 1, CancellationToken.None);
        return new SearchPage([.. before.Lines.TakeLast(context), .. from.Lines], before.FirstId, from.LastId, from.HasMore);
    }

    private LineFilter FilterOf(LogRequest request)
    {
        var names = ProjectSession.Select(session.Read(), request.Processes).Select(p => p.Name);
        var filter = new LineFilter(request.Processes is { Count: > 0 } ? ProcessFilter.Only(names) : ProcessFilter.Everything);
        if (request.Exclude is { Length: > 0 } exclude) filter = filter.With(new TextMatch(exclude) { Excludes = true });
        if (request.Level is not { Length: > 0 } level) return filter;
        var least = LineLevels.Parse(level) ?? throw new RequestException("bad_request", $"level: expected debug, info, warn or error, found {level}");
        return filter with { Levels = LevelSet.Only(LineLevels.All.Where(l => l >= least && l != LineLevel.None)) };
    }

    internal static long? PlaceOf(ProjectSession session, string? text, string name, OutputHistory history, long last)
    {
        if (string.IsNullOrEmpty(text)) return null;
        DateTimeOffset time;
        string problem;
        var valid = name == "until" ? PastTime.TryParseEnd(text, session.Time, out time, out problem) : PastTime.TryParse(text, session.Time, out time, out problem);
        if (!valid) throw new RequestException("bad_request", $"{name} {text}: {problem}");
        return history.LastIdBefore(time.ToUnixTimeMilliseconds(), last);
    }
}
