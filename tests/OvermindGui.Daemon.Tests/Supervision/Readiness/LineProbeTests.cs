using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Supervision.Readiness;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision.Readiness;

public class LineProbeTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_line_that_matches_is_ready_whatever_its_case()
    {
        var probe = Probe("listening on .*[0-9]+$");
        var ready = probe.RunAsync(TestContext.Current.CancellationToken);
        probe.Show("starting");
        Assert.False(ready.IsCompleted);
        Assert.True(probe.WantsLines);
        probe.Show("Listening on http://localhost:80");
        Assert.True((await ready).IsReady);
        Assert.False(probe.WantsLines);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_line_from_before_the_wait_counts()
    {
        var probe = Probe("up");
        probe.Show("up");
        Assert.True((await probe.RunAsync(TestContext.Current.CancellationToken)).IsReady);
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_such_a_line_it_times_out()
    {
        var time = new SkippableTime();
        var ready = Probe("up", time).RunAsync(TestContext.Current.CancellationToken);
        time.Skip(ReadyProbes.Timeout);
        Assert.Equal("not ready after 300 s; no line matches", (await ready).Problem);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_expression_that_takes_too_long_ends_the_wait()
    {
        var probe = Probe(@"^(?=a)((a+)+)\2b$");
        probe.Show(new string('a', 40));
        var result = await probe.RunAsync(TestContext.Current.CancellationToken);
        Assert.False(result.IsReady);
        Assert.Contains("takes too long", result.Problem, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Other_checks_want_no_lines()
    {
        var probe = ReadyProbes.Of(new CommandReady("true", ReadyProbes.Interval, ReadyProbes.Timeout));
        probe.Show("anything");
        Assert.False(probe.WantsLines);
        Assert.True((await probe.RunAsync(TestContext.Current.CancellationToken)).IsReady);
    }

    private static ReadyProbe Probe(string pattern, TimeProvider? time = null) =>
        ReadyProbes.Of(new LineReady(pattern, ReadyProbes.Timeout), time);
}
