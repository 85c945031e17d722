using Microsoft.Extensions.Time.Testing;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Output;

public sealed class TimelineTests : IDisposable
{
    private const long Now = 1_700_000_000; // 22:13:20 UTC

    private readonly TempProject _project = new TempProject().WithDatabase();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(Now));

    [Fact]
    public void Lines_are_counted_by_span_and_level()
    {
        Store("web", (-30, 4, 2), (-30, 0, 3), (-9, 3, 1));
        Store("api", (-30, 4, 1));

        var all = Read(from: -60, bars: 60);
        var web = Read(from: -60, bars: 60, names: "web");

        Assert.Equal(1, all.Step);
        Assert.Equal(new LevelTally(3, 0, 0, 0, 3), BarAt(all, -30));
        Assert.Equal(new LevelTally(0, 0, 0, 1, 0), BarAt(all, -9));
        Assert.Equal(new LevelTally(3, 0, 0, 0, 2), BarAt(web, -30));
        Assert.Equal(7, all.Bars.Sum(b => b.Lines.Total));
        Assert.Null(all.CountedSince);
    }

    [Theory]
    [InlineData(-60, 100, 1)]
    [InlineData(-3_500, 100, 60)]
    [InlineData(-7_200, 500, 20)] // older than an hour: spans of 10 s
    [InlineData(-40_000, 500, 120)]
    [InlineData(-86_400 * 3, 500, 600)]
    [InlineData(-86_400 * 30, 120, 43_200)]
    [InlineData(-86_400 * 365, 120, 364 * 86_400 / 91)]
    public void The_width_of_a_bar_suits_the_range_and_what_is_kept_of_it(int from, int bars, int step)
    {
        Store("web", (from, 0, 5), (-5, 0, 7));
        var report = Read(from, bars: bars);
        Assert.Equal(step, report.Step);
        Assert.InRange(report.Bars.Count, 2, bars + 1);
        Assert.Equal(12, report.Bars.Sum(b => b.Lines.Total));
        Assert.All(report.Bars, bar => Assert.Equal(0, bar.Start / 1000 % report.Step));
    }

    [Fact]
    public void Without_a_range_it_is_the_whole_history()
    {
        Store("web", (-86_400 * 20, 0, 5), (-5, 0, 7));
        var report = Read(null, bars: 120);
        Assert.Equal(12, report.Bars.Sum(b => b.Lines.Total));
        Assert.True(report.From <= (Now - 86_400 * 20) * 1000 && report.Until > Now * 1000);
    }

    [Theory]
    [InlineData(-60, 60)]
    [InlineData(-3_000, 2)]
    public void Cleared_lines_are_not_counted_and_are_when_that_is_undone(int from, int bars)
    {
        Store("web", (-40, 4, 5), (-30, 4, 2));
        var clearing = new OutputClearing(_project.Owner, _time);
        clearing.Clear("web");
        Assert.Equal(0, Read(from, bars: bars).Bars.Sum(b => b.Lines.Total));

        Store("web", (-30, 0, 3), (-20, 0, 4)); // in the second in which it was cleared, and behind it
        var cleared = Read(from, bars: bars).Bars.Aggregate(default(LevelTally), (sum, b) => sum + b.Lines);
        Assert.Equal(new LevelTally(7, 0, 0, 0, 0), cleared);

        clearing.Undo();
        Assert.Equal(14, Read(from, bars: bars).Bars.Sum(b => b.Lines.Total));
    }

    [Fact]
    public void Starts_ends_crashes_and_failures_are_marked()
    {
        Store("web", (-50, 0, 1));
        foreach (var (id, started, ended, code) in new[] { (1, -50, -40, 0), (2, -39, -30, 3), (3, -29, -20, 143), (4, -10, 0, 0) })
            _project.Execute(
                "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) VALUES ($1, 1, 1, 1, $2, $3, $4, 'start', 0)",
                id, (double)Now + started, ended == 0 ? null : (double)Now + ended, ended == 0 ? null : code);
        _project.Execute("INSERT INTO failure_hits(process_id, run_id, line_id, pattern, text, time, action, outcome) VALUES (1, 2, 1, 'x', 'x', $1, 'notify', '')", (double)Now - 35);

        var marks = Read(from: -60, bars: 60).Marks.Select(m => $"{m.Kind} {m.Time / 1000 - Now} run {m.Run}{(m.Line is null ? "" : " line")}");

        Assert.Equal(
            ["Start -50 run 1", "Exit -40 run 1", "Start -39 run 2", "Failure -35 run 2 line", "Crash -30 run 2", "Start -29 run 3", "Exit -20 run 3", "Start -10 run 4"], marks);
        Assert.Empty(Read(from: -60, bars: 60, names: "api").Marks);
    }

    [Fact]
    public void What_is_not_counted_yet_is_said()
    {
        Store("web", (-50, 0, 1), (-10, 0, 1));
        _project.Execute("UPDATE counted_lines SET from_id = 1");
        Assert.Equal((Now - 10) * 1000, Read(from: -60, bars: 60).CountedSince);
        _project.Execute("DELETE FROM counted_lines");
        Assert.Equal((Now - 10) * 1000, Read(from: -60, bars: 60).CountedSince);
    }

    public void Dispose() => _project.Dispose();

    private TimelineReport Read(int? from, int bars, params string[] names) => new Timeline(_project.Client, _time).Read(
        names.Length == 0 ? ProcessFilter.Everything : ProcessFilter.Only(names), from is { } seconds ? (Now + seconds) * 1000 : null, null, bars);

    private static LevelTally BarAt(TimelineReport report, int second) => report.Bars.Single(b => b.Start == (Now + second) * 1000).Lines;

    // As the writer does it: with all counts that are kept.
    private void Store(string process, params (int Second, int Level, int Count)[] lines)
    {
        foreach (var (second, level, count) in lines)
        {
            var first = _project.Query("SELECT coalesce(max(id), 0) FROM lines", r => r.GetInt64(0))[0];
            _project.Append(process, Enumerable.Repeat("x", count));
            _project.Execute("UPDATE lines SET time = $2, level = $3 WHERE id > $1", first, (Now + second) * 1000, level);
            foreach (var width in CountWidth.All.Where(w => w.Covers(Now + second, Now)))
                _project.Execute(
                    """
                    INSERT INTO line_counts SELECT $1, $2, process_id, sum(level = 0), sum(level = 1), sum(level = 2), sum(level = 3), sum(level = 4) FROM lines WHERE id > $3 GROUP BY process_id
                    ON CONFLICT DO UPDATE SET none = none + excluded.none, debug = debug + excluded.debug, info = info + excluded.info, warn = warn + excluded.warn, error = error + excluded.error
                    """,
                    width.Seconds, width.StartOf(Now + second), first);
        }

        _project.Execute("INSERT INTO counted_lines(id, from_id, to_id) VALUES (1, 0, 0) ON CONFLICT DO NOTHING");
    }
}
