using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Failures;

/// <summary>What follows from a hit: real processes, and a clock on which no test waits for long.</summary>
public class RecoveryTests
{
    private const int Timeout = 120_000;

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task A_hit_stops_the_process_marks_it_broken_and_starts_it_again_after_a_second()
    {
        await using var daemon = await StartAsync("""{"web": ["eaddrinuse"]}""", "web: echo 'Error: EADDRINUSE'; exec sleep 1000");
        var broken = await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        Assert.Null(broken.Pid);
        Assert.Equal(new ExitStatus(128 + 15), broken.Exit);
        Assert.Equal("restarts in 1 s", broken.RestartText(_time.GetUtcNow()));
        Assert.Equal(
            ["eaddrinuse: Error: EADDRINUSE -> restarts after 1 s"],
            daemon.Failures("web").Select(h => $"{h.Pattern}: {h.Text} -> {h.Outcome}"));

        _time.Skip(TimeSpan.FromSeconds(1));
        await daemon.WaitForAsync("web", p => p.Exit is not null && daemon.Output("web").Count() == 2);
        await daemon.UntilAsync(() => daemon.Failures("web")[0].Outcome == "restarted"); // recorded behind the start, and so perhaps behind its first line

        using var context = daemon.Database.CreateDbContext();
        Assert.Equal(["daemon start", "failure"], context.Runs.Where(r => r.ProcessId == 1).OrderBy(r => r.Id).Select(r => r.Cause));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_hit_is_said_behind_its_line_with_pattern_and_time_and_recorded_with_its_line()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", "web: echo before; echo BOOM; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        var lines = daemon.Lines("web");
        var hit = Assert.Single(daemon.Failures("web"));
        var at = TimeZoneInfo.ConvertTime(hit.Time, _time.LocalTimeZone);
        Assert.Equal(
            [
                "before", "BOOM",
                $"Failure declaration \"boom\" matched at {at:yyyy-MM-dd HH:mm:ss}: stopping, and starting again after 1 s (hit 1 of 5)",
                "Stopped (killed by SIGTERM (15))",
            ],
            lines.Skip(1).Select(l => l.Text));
        Assert.Equal(lines.Single(l => l.Text == "BOOM").Id, hit.Line);
        Assert.Equal(lines[0].RunId, hit.Run);
        Assert.Equal(("web", FailureAction.Restart), (hit.Process, hit.Action));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_waits_grow_and_after_five_hits_in_a_row_it_stays_broken()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", "web: echo boom; exec sleep 1000");

        await BreakForGoodAsync(daemon, "web");
        await daemon.UntilAsync(() => daemon.Failures("web").Select(h => h.Outcome)
            .SequenceEqual(["restarted", "restarted", "restarted", "restarted", "stays broken: 5 hits in a row"]));
        _time.Skip(TimeSpan.FromHours(1));
        Assert.Equal(new CommandOutcome(true, "web is not running"), await daemon.SendAsync(CommandKind.Stop, "web"));
        Assert.Equal(ProcessState.Broken, daemon.Info("web").State);
        Assert.Equal(5, daemon.Output("web").Count());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_minute_of_quiet_begins_the_row_anew()
    {
        await using var daemon = await StartAsync(
            """{"web": ["boom"]}""", "web: if [ -e again ]; then until [ -e go ]; do sleep 0.02; done; rm go; fi; touch again; echo boom; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.RestartAt is not null);
        _time.Skip(TimeSpan.FromSeconds(1));
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        _time.Skip(TimeSpan.FromSeconds(60));
        await TouchAsync(daemon, "go");

        var broken = await daemon.WaitForAsync("web", p => p.RestartAt is not null);
        Assert.Equal("restarts in 1 s", broken.RestartText(_time.GetUtcNow()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_start_by_a_person_clears_broken_and_the_count_and_arms_the_declarations()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", "web: until [ -e go ]; do sleep 0.02; done; echo boom; exec sleep 1000");
        await TouchAsync(daemon, "go");
        await BreakForGoodAsync(daemon, "web");
        File.Delete(Path.Combine(daemon.Folder.Root, "go"));

        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));
        Assert.Equal((ProcessState.Running, null), (daemon.Info("web").State, daemon.Info("web").RestartAt));

        await TouchAsync(daemon, "go");
        var broken = await daemon.WaitForAsync("web", p => p.RestartAt is not null);
        Assert.Equal("restarts in 1 s", broken.RestartText(_time.GetUtcNow()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(CommandKind.Stop, ProcessState.Stopped, "restart cancelled: it was stopped")]
    [InlineData(CommandKind.Start, ProcessState.Running, "restart cancelled: it was started")]
    [InlineData(CommandKind.Restart, ProcessState.Running, "restart cancelled: it was restarted")]
    public async Task A_person_who_acts_while_a_restart_is_due_cancels_it(CommandKind kind, ProcessState state, string outcome)
    {
        await using var daemon = await StartAsync(
            """{"web": ["boom"]}""", "web: if [ -e quiet ]; then exec sleep 1000; fi; touch quiet; echo boom; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.RestartAt is not null);

        Assert.True((await daemon.SendAsync(kind, "web")).Succeeded);
        var pid = daemon.Info("web").Pid;
        _time.Skip(TimeSpan.FromHours(1));
        await daemon.SendAsync(CommandKind.Start, "other"); // comes behind whatever the skipped hour brought

        Assert.Equal((state, pid, null), (daemon.Info("web").State, daemon.Info("web").Pid, daemon.Info("web").RestartAt));
        Assert.Equal(outcome, Assert.Single(daemon.Failures("web")).Outcome);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_dies_of_its_failure_by_itself_is_broken_and_comes_back_once()
    {
        await using var daemon = await StartAsync(
            """{"web": ["panic:"]}""", "web: if [ -e calm ]; then exec sleep 1000; fi; touch calm; trap '' TERM; echo 'panic: gone'; exit 2"); // it ends by itself, also where the stop comes first

        var broken = await daemon.WaitForAsync("web", p => p.RestartAt is not null);
        Assert.Equal((ProcessState.Broken, new ExitStatus(2)), (broken.State, broken.Exit!.Value));
        _time.Skip(TimeSpan.FromSeconds(1));
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        using var context = daemon.Database.CreateDbContext();
        Assert.Equal(2, context.Runs.Count(r => r.ProcessId == 1));
    }

    [Fact(Timeout = Timeout)]
    public async Task Stop_leaves_it_broken_until_a_person_starts_it()
    {
        await using var daemon = await StartAsync(
            """{"web": [{"pattern": "boom", "action": "stop"}]}""", "web: echo boom; exec sleep 1000");

        var broken = await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        Assert.Null(broken.RestartAt);
        var hit = Assert.Single(daemon.Failures("web"));
        Assert.Equal((FailureAction.Stop, "stopped"), (hit.Action, hit.Outcome));
        Assert.EndsWith(": stopping; it stays broken until it is started by hand", Notice(daemon, "web"), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("""{"web": ["boom"]}""", FailureAction.Notify)]
    [InlineData("""{"web": [{"pattern": "boom", "action": "notify"}]}""", FailureAction.Restart)]
    public async Task Notify_leaves_it_running_and_hits_once_a_run(string declarations, FailureAction onFailure)
    {
        await using var daemon = await StartAsync(declarations, onFailure, "web: echo boom; echo boom; echo end; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "end");
        await daemon.WaitForAsync("web", _ => daemon.Failures("web").Count > 0);

        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
        var hit = Assert.Single(daemon.Failures("web"));
        Assert.Equal((FailureAction.Notify, "noted"), (hit.Action, hit.Outcome));
        Assert.StartsWith("Failure declaration \"boom\" matched at ", Notice(daemon, "web"), StringComparison.Ordinal);

        await daemon.SendAsync(CommandKind.Restart, "web");
        await daemon.WaitForAsync("web", _ => daemon.Failures("web").Count == 2);
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_two_processes_that_print_the_same_only_the_declared_one_fails()
    {
        await using var daemon = await StartAsync("""{"b": ["boom"]}""", "a: echo boom; exec sleep 1000", "b: echo boom; exec sleep 1000");

        await daemon.WaitForAsync("b", p => p.State == ProcessState.Broken);
        await daemon.WaitForLineAsync("a", "boom");

        Assert.Equal(ProcessState.Running, daemon.Info("a").State);
        Assert.Empty(daemon.Failures("a"));
        Assert.Equal(daemon.Output("b").Single().Id, Assert.Single(daemon.Failures("b")).Line);
    }

    [Fact(Timeout = Timeout)]
    public async Task Words_of_our_own_never_match()
    {
        await using var daemon = await StartAsync("""{"web": ["started with pid", "matched at", "stopped", "exited"]}""", "web: echo end; exit 3");

        await daemon.OutputAfterEndAsync("web");
        await daemon.SendAsync(CommandKind.Restart, "web");
        await daemon.WaitForAsync("web", _ => daemon.Lines("web").Count(l => l.Text.StartsWith("Exited with code 3 after", StringComparison.Ordinal)) == 2);

        Assert.Empty(daemon.Failures("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_process_prints_while_a_person_stops_it_is_no_failure()
    {
        await using var daemon = await StartAsync("""{"web": ["interrupted"]}""", "web: " + Dummy.LastOutput("interrupted"));
        await daemon.WaitForLineAsync("web", "ready");

        await daemon.SendAsync(CommandKind.Stop, "web");

        Assert.Equal("interrupted", daemon.Output("web").Last().Text);
        Assert.Equal(ProcessState.Stopped, daemon.Info("web").State);
        Assert.Empty(daemon.Failures("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_ends_while_a_restart_is_due_starts_nothing_any_more()
    {
        var daemon = await StartAsync("""{"web": ["boom"]}""", "web: echo boom; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.RestartAt is not null);

        await daemon.StopAsync();

        Assert.Equal((ProcessState.Stopped, null), (daemon.Info("web").State, daemon.Info("web").RestartAt));
        using (var context = daemon.Database.CreateDbContext()) Assert.NotNull(context.Runs.Single(r => r.ProcessId == 1).EndedAt);
        await daemon.DisposeAsync();
    }

    private Task<TestDaemon> StartAsync(string declarations, params string[] procfile) => StartAsync(declarations, FailureAction.Restart, procfile);

    private Task<TestDaemon> StartAsync(string declarations, FailureAction onFailure, params string[] procfile) =>
        TestDaemon.StartWithFailuresAsync(declarations, onFailure, _time, [.. procfile, "other: sleep 1000"]);

    // Each wait by its own length: the process prints, and fails again, faster than anybody looks.
    private async Task BreakForGoodAsync(TestDaemon daemon, string process)
    {
        foreach (var seconds in new[] { 1, 2, 4, 8 })
        {
            await daemon.WaitForAsync(process, p => p.RestartText(_time.GetUtcNow()) == $"restarts in {seconds} s");
            _time.Skip(TimeSpan.FromSeconds(seconds));
        }

        await daemon.WaitForAsync(process, p => p.State == ProcessState.Broken && p.RestartAt is null);
    }

    private static string Notice(TestDaemon daemon, string process) =>
        daemon.Lines(process).Single(l => l.Stream == LineSource.Notice && l.Text.StartsWith("Failure", StringComparison.Ordinal)).Text;

    private static Task TouchAsync(TestDaemon daemon, string file) =>
        File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, file), "", TestContext.Current.CancellationToken);
}
