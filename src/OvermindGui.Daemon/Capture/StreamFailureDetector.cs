using OvermindGui.Core.Failures;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Capture;

/// <summary>
/// Looks at the lines of one stream between capture and queue: at each when it has had its end, as a whole, and again when a program goes
/// back and changes it. A line hits at most once. One caller at a time.
/// </summary>
internal sealed class StreamFailureDetector(RunFailureDetector run)
{
    private readonly List<DetectedFailure> _found = [];
    private readonly HashSet<long> _hit = []; // at most one per declaration
    private UnfinishedLine? _unfinished;

    /// <summary>Looks at what is about to be stored.</summary>
    /// <param name="firstNumber">Number of the first of the new lines.</param>
    /// <param name="unfinished">Lines from this number on are still being written.</param>
    public void Look(long firstNumber, List<StyledLine> lines, List<AmendedLine> amended, long unfinished)
    {
        if (run.LineObserved is { } observed)
        {
            lines.ForEach(line => observed(line.Text));
            amended.ForEach(line => observed(line.Content.Text));
        }

        if (run.Matcher is { } matcher) Match(matcher, firstNumber, lines, amended, unfinished);
        if (_unfinished?.Number < unfinished) _unfinished = null;
        foreach (var line in amended) Remember(line.Number, line.Content.Text, unfinished);
        if (lines.Count > 0) Remember(firstNumber + lines.Count - 1, lines[^1].Text, unfinished);
    }

    /// <summary>Reports the detected failures, after their lines have been queued for storage.</summary>
    public void ReportFound()
    {
        if (_found.Count == 0) return;
        _found.ForEach(run.Report);
        _found.Clear();
    }

    private void Match(FailureMatcher matcher, long firstNumber, List<StyledLine> lines, List<AmendedLine> amended, long unfinished)
    {
        // The line ended without another character, so it is not among the changed lines.
        if (_unfinished is { } ended && ended.Number < unfinished && !amended.Exists(a => a.Number == ended.Number))
            Match(matcher, ended.Number, ended.Text);
        foreach (var line in amended)
            if (line.Number < unfinished) Match(matcher, line.Number, line.Content.Text);
        for (var i = 0; i < lines.Count && firstNumber + i < unfinished; i++) Match(matcher, firstNumber + i, lines[i].Text);
    }

    private void Match(FailureMatcher matcher, long number, string text)
    {
        if (_hit.Contains(number)) return;
        var before = _unfinished?.Number == number ? _unfinished : null;
        var declaration = matcher.FirstMatch(text, before is null ? null : declared => before.Had(declared, matcher));
        if (declaration is null || run.TryHit(declaration, text) is not { } failure) return;
        _hit.Add(number);
        _found.Add(failure);
    }

    private void Remember(long number, string text, long unfinished)
    {
        if (number < unfinished) return;
        _unfinished = _unfinished?.Number == number
            ? _unfinished.Grown(text, run.Matcher)
            : new UnfinishedLine(number, text, run.Matcher);
    }
}
