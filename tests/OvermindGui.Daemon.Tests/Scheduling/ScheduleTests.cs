using System.Runtime.CompilerServices;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Scheduling;

public class ScheduleTests
{
    private const int Timeout = 120_000;

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task A_scheduled_process_starts_when_it_is_due_and_not_with_the_others()
    {
        await using var daemon = await StartAsync("'*/5 * * * *'", "job: echo done");
        var waiting = await daemon.WaitForAsync("job", p => p.NextRun is not null);

        await SkipToAsync(daemon, waiting.NextRun!.Value);
        await daemon.WaitForAsync("job", p => p.State == ProcessState.Exited && p.NextRun > waiting.NextRun);

        Assert.Equal(("stopped", "runs by its schedule, */5 * * * *"), (waiting.State.ToText(), waiting.Rule));
        Assert.InRange((waiting.NextRun.Value - _time.GetUtcNow()).TotalMinutes, -5, 5);
        Assert.Equal(["schedule"], daemon.Causes("job"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("skip", 1)]
    [InlineData("replace", 2)]
    public async Task A_run_that_is_due_while_the_one_before_still_runs_is_left_out_or_replaces_it(string overlap, int runs)
    {
        await using var daemon = await StartAsync($"{{cron: '* * * * *', overlap: {overlap}}}", "job: exec sleep 1000");
        var first = (await daemon.WaitForAsync("job", p => p.NextRun is not null)).NextRun!.Value;
        await SkipToAsync(daemon, first);
        var second = (await daemon.WaitForAsync("job", p => p.State == ProcessState.Running && p.NextRun > first)).NextRun!.Value;

        await SkipToAsync(daemon, second);

        if (runs == 1) await daemon.WaitForWordsAsync("is left out, because the one before still runs");
        else await daemon.UntilAsync(() => daemon.Causes("job").Count >= runs);
        Assert.Equal(Enumerable.Repeat("schedule", runs), daemon.Causes("job").Take(2));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_run_that_waits_starts_when_the_one_before_has_ended()
    {
        await using var daemon = await StartAsync("{cron: '* * * * *', overlap: queue}", "job: while ! test -e go; do sleep 0.05; done");
        var first = (await daemon.WaitForAsync("job", p => p.NextRun is not null)).NextRun!.Value;
        await SkipToAsync(daemon, first);
        var second = (await daemon.WaitForAsync("job", p => p.State == ProcessState.Running && p.NextRun > first)).NextRun!.Value;
        await SkipToAsync(daemon, second);
        await daemon.WaitForAsync("job", p => p.NextRun > second);
        Assert.Single(daemon.Causes("job"));

        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", TestContext.Current.CancellationToken);

        await daemon.UntilAsync(() => daemon.Causes("job").Count == 2);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("skip", 0)]
    [InlineData("once", 1)]
    public async Task Runs_that_were_due_while_the_machine_slept_are_left_out_or_made_up_for_once(string missed, int runs)
    {
        await using var daemon = await StartAsync($"{{cron: '0 * * * *', missed: {missed}}}", "job: echo done");
        var first = (await daemon.WaitForAsync("job", p => p.NextRun is not null)).NextRun!.Value;

        _time.Skip(first - _time.GetUtcNow() + TimeSpan.FromHours(3.5));

        await SkipUntilAsync(daemon, () => daemon.Info("job").NextRun > first + TimeSpan.FromHours(3));
        await daemon.WaitForWordsAsync("was missed: the machine slept, or the clock was set");
        if (runs > 0)
        {
            await daemon.UntilAsync(() => daemon.Causes("job").Count > 0);
            await daemon.WaitForEndAsync("job");
            Assert.Equal(["schedule"], daemon.Causes("job"));
        }
        else Assert.Null(daemon.Info("job").StartedAt);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_clock_that_is_set_back_makes_the_next_run_due_earlier()
    {
        await using var daemon = await StartAsync("'*/10 * * * *'", "job: echo done");
        var first = (await daemon.WaitForAsync("job", p => p.NextRun is not null)).NextRun!.Value;

        _time.Set(TimeSpan.FromHours(-2));

        await SkipUntilAsync(daemon, () => daemon.Info("job").NextRun < first);
        var next = daemon.Info("job").NextRun!.Value;
        Assert.InRange(next - _time.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void A_run_that_daylight_saving_skips_happens_right_after_and_one_that_it_repeats_happens_once()
    {
        var schedule = new Schedule("30 2 * * *", "Europe/Berlin", ScheduleOverlap.Skip, RunsMissed: false);

        var spring = schedule.Next(new DateTimeOffset(2026, 3, 28, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);
        var autumn = schedule.Next(new DateTimeOffset(2026, 10, 24, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), spring);
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), autumn);
        Assert.Equal(new DateTimeOffset(2026, 10, 26, 1, 30, 0, TimeSpan.Zero), schedule.Next(autumn!.Value, TimeZoneInfo.Utc));
    }

    // To a moment after it, for the look that follows has to find it due.
    private async Task SkipToAsync(TestDaemon daemon, DateTimeOffset due)
    {
        while (_time.GetUtcNow() < due) _time.Skip(TimeSpan.FromSeconds(Math.Clamp((due - _time.GetUtcNow()).TotalSeconds + 0.01, 0.01, 30)));
        await SkipUntilAsync(daemon, () => daemon.Info("job").NextRun > due);
    }

    // The daemon waits on this clock, perhaps only from now on.
    private Task SkipUntilAsync(TestDaemon daemon, Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string words = "") => daemon.UntilAsync(
        () =>
        {
            if (condition()) return true;
            _time.Skip(TimeSpan.FromSeconds(2));
            return false;
        },
        words);

    private Task<TestDaemon> StartAsync(string schedule, string procfile) => TestDaemon.StartPlannedAsync(
        new PlanOptions(), [("overmind-gui.yaml", $"processes:\n  job: {{schedule: {schedule}}}\n")], _time, procfile, "web: exec sleep 1000");
}
