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

    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public LogReport Read(LogRequest request) => Read(request, SelectionOf(request).FilterIn(session));

    /// <param name="filter">Which lines, instead of the words of the request.</param>
    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public LogReport Read(LogRequest request, LineFilter filter)
    {
        var database = session.Database;
        if (!database.IsReady()) return new LogReport(1, [], null, null, null, null, null, false, "There is no output yet; no daemon has run here");
        var (after, note) = LineCursor.Resolve(database, request.Cursor);
        var last = new OutputHistory(database).LastId();
        var search = new OutputSearch(database, filter, session.Time);
        var page = request switch
        {
            { Around: { } around } => Around(search, around, Math.Clamp(request.Context, 0, 200)),
            { Before: { } before } => search.Find(0, Math.Min(before, last + 1), newestFirst: true, MostLines, CancellationToken.None),
            _ => search.Find(after ?? 0, last + 1, newestFirst: after is null, MostLines, CancellationToken.None),
        };
        var redact = session.Redactor();
        var lines = page.Lines.Select(line => LineReport.Of(line, redact, session.Time)).ToList();
        var excerpt = LineExcerpt.Fit(lines, Math.Clamp(request.MaxBytes, 200, LogRequest.MostBytes));
        var name = LineCursor.Newest(database)!;
        var gap = excerpt.Omitted == 0 ? null : excerpt.OmittedAfter > 0 ? excerpt.Lines[excerpt.OmittedAfter - 1].Id : (long?)(lines[0].Id - 1);
        // After everything that was examined, so that the next answer repeats nothing.
        var goesOn = after is not null || request.Around is not null;
        var next = !goesOn ? last : page.HasMore ? page.LastId!.Value : last;
        return new LogReport(
            1, excerpt.Lines, excerpt.Omitted > 0 ? excerpt.Omitted : null, excerpt.Omitted > 0 ? excerpt.OmittedAfter : null,
            gap is { } hole ? (name with { Line = hole }).ToString() : null, excerpt.Folded > 0 ? excerpt.Folded : null,
            (name with { Line = next }).ToString(), goesOn && page.HasMore, note);
    }

    private static SearchPage Around(OutputSearch search, long line, int context)
    {
        var before = search.Find(0, line, newestFirst: true, Math.Max(1, context), CancellationToken.None);
        var from = search.Find(line - 1, long.MaxValue, newestFirst: false, context + 1, CancellationToken.None);
        return new SearchPage([.. before.Lines.TakeLast(context), .. from.Lines], before.FirstId, from.LastId, from.HasMore);
    }

    private static LineSelection SelectionOf(LogRequest request)
    {
        var least = request.Level is not { Length: > 0 } level ? (LineLevel?)null
            : LineLevels.Parse(level) ?? throw new RequestException(RequestException.BadRequestCode, $"level: expected debug, info, warn or error, found {level}");
        return new LineSelection
        {
            Processes = request.Processes,
            Run = request.Run,
            Since = request.Since,
            Until = request.Until,
            Exclude = request.Exclude is { Length: > 0 } exclude ? [exclude] : null,
            Levels = least is null ? LevelSet.All : LevelSet.Only(LineLevels.All.Where(l => l >= least && l != LineLevel.None)),
        };
    }
}
