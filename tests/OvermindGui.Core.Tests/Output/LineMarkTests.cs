using OvermindGui.Core.Output;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class LineMarkTests : IDisposable
{
    private readonly TempProject _project = new TempProject().WithDatabase();

    [Fact]
    public void Marks_are_those_of_the_range_and_of_the_shown_processes()
    {
        Store();

        var all = Marks(1, 40);
        Assert.Equal([5, 30], all.Failures);
        Assert.Equal([new StarMark(7, "why"), new StarMark(31, "")], all.Stars);
        Assert.Equal(["disk", "slow", "down"], all.Alerts.Select(a => a.Rule));

        var middle = Marks(6, 20);
        Assert.Empty(middle.Failures);
        Assert.Equal([new StarMark(7, "why")], middle.Stars);
        Assert.Equal([new AlertMark(1_012_000, "slow", "web is slow")], middle.Alerts);

        Assert.Equal(["disk", "slow"], Marks(1, 40, "web").Alerts.Select(a => a.Rule));
        Assert.Equal(LineMarks.None, Marks(41, 60));
        Assert.Equal(LineMarks.None, Marks(2, 1));
    }

    [Fact]
    public void A_file_of_an_older_daemon_has_fewer_marks()
    {
        Store();
        _project.Execute("DROP TABLE alert_hits");
        _project.Execute("DROP TABLE bookmarks");
        var marks = Marks(1, 40);
        Assert.Equal([5, 30], marks.Failures);
        Assert.Empty(marks.Stars);
        Assert.Empty(marks.Alerts);
    }

    public void Dispose() => _project.Dispose();

    private LineMarks Marks(long first, long last, params string[] names) =>
        new LineMarkHistory(_project.Client).Between(first, last, names.Length == 0 ? ProcessFilter.Everything : ProcessFilter.Only(names));

    // Forty lines, one a second from 1000 s on; the last ten are of another process.
    private void Store()
    {
        _project.Append("web", Enumerable.Range(1, 30).Select(i => $"line {i}"));
        _project.Append("api", Enumerable.Range(31, 10).Select(i => $"line {i}"));
        _project.Execute("UPDATE lines SET time = 1000000 + id * 1000");
        foreach (var line in new[] { 30, 5 })
            _project.Execute("INSERT INTO failure_hits(process_id, run_id, line_id, pattern, text, time, action, outcome) VALUES (1, 1, $1, 'x', 'x', $2, 'notify', '')", line, 1000.0 + line);
        foreach (var (line, note) in new[] { (31, ""), (7, "why") })
            _project.Execute("INSERT INTO bookmarks(line_id, process_id, time, note, created_at) VALUES ($1, 1, 0, $2, 0)", line, note);
        foreach (var (rule, process, time) in new (string, int?, double)[] { ("disk", null, 1003), ("down", 2, 1035), ("slow", 1, 1012), ("before", 1, 900), ("after", 1, 1100) })
            _project.Execute(
                "INSERT INTO alert_hits(rule, process_id, time, message, outcome, notifies, is_test) VALUES ($1, $2, $3, $4, '', 0, 0)", rule, process, time, $"web is {rule}");
    }
}
