using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>Selects lines of output in the caller's words, which mean the same on all interfaces.</summary>
public sealed record LineSelection
{
    /// <summary>Names of processes or entries; none for all. Processes that are only in the history count too.</summary>
    public IReadOnlyList<string>? Processes { get; init; }

    /// <summary>A text that the line must contain.</summary>
    public string? Text { get; init; }

    /// <summary>A .NET regular expression that must match.</summary>
    public string? Regex { get; init; }

    /// <summary>Whether upper and lower case differ; by default only in an expression.</summary>
    public bool? MatchCase { get; init; }

    /// <summary>Whether text and expression match only between characters that are not part of a word.</summary>
    public bool WholeWord { get; init; }

    /// <summary>Whether to select the lines that text and expression do not match.</summary>
    public bool Invert { get; init; }

    /// <summary>Texts that the line must not contain.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    public LevelSet Levels { get; init; }

    /// <summary>A span such as 10m, a time or a date.</summary>
    public string? Since { get; init; }

    /// <summary>Like <see cref="Since"/>.</summary>
    public string? Until { get; init; }

    /// <summary>Id of a run of a process; null for all.</summary>
    public long? Run { get; init; }

    /// <summary>The filter for these words.</summary>
    /// <exception cref="RequestException">A word is unusable; the message names it.</exception>
    public LineFilter FilterIn(ProjectSession session)
    {
        var (since, until) = (Moment(Since, "since", session.Time, isEnd: false), Moment(Until, "until", session.Time, isEnd: true));
        if (since > until) throw Refused("until: is before since");
        if (Run < 1) throw Refused("run: expected a whole number from 1");
        CheckRun(session, Run);
        var filter = new LineFilter(session.OutputOf(Processes)) { Levels = Levels, Since = since, Until = until, Run = Run };
        return Texts().Aggregate(filter, (lines, text) => lines.With(text));
    }

    /// <exception cref="RequestException">There is no such run.</exception>
    internal static void CheckRun(ProjectSession session, long? run)
    {
        if (run is { } id && session.Database.IsReady() && !new RunHistory(session.Database, session.Time).Exists(id))
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"run: there is no run {id}; its lines may have been deleted"));
    }

    /// <summary>Unix milliseconds of a moment in the caller's words; null for none.</summary>
    /// <param name="isEnd">Whether it may be in the future.</param>
    /// <exception cref="RequestException">It is no moment.</exception>
    public static long? Moment(string? text, string name, TimeProvider time, bool isEnd)
    {
        if (string.IsNullOrEmpty(text)) return null;
        return (isEnd ? PastTime.TryParseEnd(text, time, out var moment, out var problem) : PastTime.TryParse(text, time, out moment, out problem))
            ? moment.ToUnixTimeMilliseconds()
            : throw Refused($"{name}: {problem}");
    }

    private IEnumerable<TextMatch> Texts()
    {
        if (!string.IsNullOrEmpty(Text)) yield return new TextMatch(Text) { MatchCase = MatchCase == true, WholeWord = WholeWord, Excludes = Invert };
        if (!string.IsNullOrEmpty(Regex))
        {
            var expression = new TextMatch(Regex) { IsRegex = true, MatchCase = MatchCase != false, WholeWord = WholeWord, Excludes = Invert, AllowsBacktracking = true };
            yield return expression.Problem is { } problem ? throw new RequestException(RequestException.BadPatternCode, $"regex: {problem}") : expression;
        }

        foreach (var text in Exclude ?? [])
            if (text.Length > 0) yield return new TextMatch(text) { MatchCase = MatchCase == true, Excludes = true };
    }

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
