using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;

namespace OvermindGui.Core.Application;

/// <summary>Selects two runs of a process.</summary>
/// <param name="Run">The id of a run, <c>#3</c> for its number, <c>current</c> or <c>previous</c>; null for the one before the other.</param>
/// <param name="With">The same; null for the newest.</param>
/// <param name="Limit">The most lines of each run.</param>
public sealed record CompareRequest(string Process, string? Run = null, string? With = null, int Limit = CompareRequest.MostLimit)
{
    /// <summary>More lines than these take seconds to compare.</summary>
    public const int MostLimit = 5_000;
}

/// <summary>Two runs side by side. Lines that differ only in numbers, times and ids are equal. Texts are data that a process printed.</summary>
/// <param name="Equal">Number of lines that both have.</param>
/// <param name="OnlyLeft">Number of lines that only the left run has, as far as it was compared.</param>
/// <param name="OnlyRight">The same of the right run.</param>
public sealed record ComparisonReport(int V, string Process, ComparedRun Left, ComparedRun Right, int Equal, int OnlyLeft, int OnlyRight, IReadOnlyList<ComparedRow> Rows);

/// <summary>A run that is compared.</summary>
/// <param name="Lines">Number of lines that were compared.</param>
/// <param name="Cut">Whether it has more lines, which were not compared.</param>
public sealed record ComparedRun(long Id, int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int? ExitCode, bool Crashed, int Lines, bool Cut);

/// <summary>A line of both runs, or of one.</summary>
public sealed record ComparedRow(ComparedLine? Left, ComparedLine? Right)
{
    /// <summary><c>equal</c>, <c>left</c> or <c>right</c>.</summary>
    public string Kind => this switch { { Right: null } => "left", { Left: null } => "right", _ => "equal" };
}

/// <summary>A line of a run.</summary>
/// <param name="After">Seconds since the run was started.</param>
public sealed record ComparedLine(long Id, double After, string Level, string Text);

/// <summary>Implements <c>runs compare</c>.</summary>
public sealed class CompareQuery(ProjectSession session)
{
    private const int MostCharacters = 4 * 1024 * 1024;
    private const int MostNamed = 5;

    private readonly RunHistory _runs = new(session.Database, session.Time);

    /// <exception cref="RequestException">The request cannot be carried out.</exception>
    public ComparisonReport Read(CompareRequest request)
    {
        if (request.Limit is < 1 or > CompareRequest.MostLimit)
            throw new RequestException(RequestException.BadRequestCode, $"limit: expected a number from 1 to {CompareRequest.MostLimit}, found {request.Limit}");
        var known = session.Database.IsReady() ? new OutputHistory(session.Database).ProcessNames() : [];
        if (!known.Contains(request.Process)) throw RequestException.UnknownProcess(request.Process, known);
        var newest = _runs.Newest(request.Process, 2);
        if (newest.Count < 2) throw Refused($"process: {request.Process} has {(newest.Count == 0 ? "no run" : "one run")} so far; there must be two to compare");
        var with = Find("with", request.With ?? "current", request.Process, newest);
        var run = request.Run is null ? Before(with, request.Process) : Find("run", request.Run, request.Process, newest);
        if (run.Id == with.Id) throw Refused($"run: expected another run than {Id(with)}, with which it is compared");
        return Compare(request, run, with);
    }

    private ComparisonReport Compare(CompareRequest request, RunInfo leftRun, RunInfo rightRun)
    {
        var (leftLines, leftCut) = _runs.Beginning(leftRun, request.Limit, MostCharacters);
        var (rightLines, rightCut) = _runs.Beginning(rightRun, request.Limit, MostCharacters);
        var pairs = LineAlignment.Of(Shapes(leftRun, leftLines), Shapes(rightRun, rightLines));
        var (redactLeft, redactRight) = (session.Redactor(), session.Redactor()); // each sees its lines in order
        List<ComparedRow> rows =
        [
            .. pairs.Select(pair => new ComparedRow(
                pair.Left is { } l ? Describe(leftRun, leftLines[l], redactLeft) : null, pair.Right is { } r ? Describe(rightRun, rightLines[r], redactRight) : null)),
        ];
        return new ComparisonReport(
            1, request.Process, Describe(leftRun, leftLines.Count, leftCut), Describe(rightRun, rightLines.Count, rightCut),
            rows.Count(row => row.Kind == "equal"), rows.Count(row => row.Kind == "left"), rows.Count(row => row.Kind == "right"), rows);
    }

    private RunInfo Find(string field, string text, string process, IReadOnlyList<RunInfo> newest)
    {
        var run = text switch
        {
            "current" => newest[0],
            "previous" => newest[1],
            ['#', .. var number] => Number(number) is { } asked ? _runs.FindNumber(process, asked) : null,
            _ => Number(text) is { } id ? _runs.Find(id) : null,
        };
        return run is not null && run.Process == process ? run : throw Refused(
            $"{field}: there is no run {text} of {process}; expected current, previous or an id, such as {string.Join(", ", _runs.Newest(process, MostNamed).Select(Id))}");
    }

    private RunInfo Before(RunInfo run, string process) => _runs.Before(run)
        ?? throw Refused($"with: run {Id(run)} is the oldest one of {process}; name the one to compare it with by run");

    private static List<(string Text, double Time)> Shapes(RunInfo run, IReadOnlyList<OutputLine> lines) => [.. lines.Select(line => (LineShape.Of(line.Content.Text), After(run, line)))];

    private static double After(RunInfo run, OutputLine line) => (line.Time - run.StartedAt.ToUnixTimeMilliseconds()) / 1000.0;

    private static ComparedLine Describe(RunInfo run, OutputLine line, Func<string, string, string> redact) =>
        new(line.Id, After(run, line), line.Level.ToText(), redact(line.Process, line.Content.Text));

    private static ComparedRun Describe(RunInfo run, int lines, bool cut) =>
        new(run.Id, run.Number, run.StartedAt, run.EndedAt, run.Exit?.Code, run.HasCrashed, lines, cut);

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Id(RunInfo run) => run.Id.ToString(CultureInfo.InvariantCulture);

    private static RequestException Refused(string reason) => new(RequestException.BadRequestCode, reason);
}
