using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Policies;

/// <summary>What follows when a process ends by itself whose rule is to be started again.</summary>
public class RestartTests
{
    private const int Timeout = 120_000;

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task It_is_started_again_after_pauses_that_double_up_to_half_a_minute()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "web" }, "web: echo up; exit 1", "api: sleep 1000");

        foreach (var (number, seconds) in new[] { 1, 2, 4, 8, 16, 30, 30 }.Index())
        {
            var crashed = await RestingAsync(daemon, crashes: number + 1);
            Assert.Equal($"restarts in {seconds} s", crashed.RestartText(_time.GetUtcNow()));
            _time.Skip(TimeSpan.FromSeconds(seconds));
        }

        Assert.Equal(ProcessState.Running, daemon.Info("api").State);
        Assert.Equal(["daemon start", .. Enumerable.Repeat("auto-restart", 6)], daemon.Causes("web").Take(7));
    }

    [Fact(Timeout = Timeout)]
    public async Task Why_it_is_in_its_state_is_shown_and_from_the_third_end_on_it_is_a_crash_loop()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "all" }, "web: exit 3");

        var first = await RestingAsync(daemon, crashes: 1);
        Assert.Equal(("waiting", "first time, exited with code 3", "started again whenever it ends"), (first.State.ToText(), first.Reason, first.Rule));
        _time.Skip(TimeSpan.FromSeconds(1));
        await RestingAsync(daemon, crashes: 2);
        _time.Skip(TimeSpan.FromSeconds(2));

        var third = await RestingAsync(daemon, crashes: 3);
        Assert.Equal("crash loop", third.State.ToText());
        Assert.Equal("restarts in 4 s, third time, exited with code 3", third.Explanation(_time.GetUtcNow()));
        Assert.Contains("Crash loop: it ended for the third time in a row; starting again in 4 s", daemon.Lines("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_minute_up_ends_the_row()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "web" }, "web: while [ ! -e end ]; do sleep 0.05; done; rm end; exit 1");
        await EndAsync(daemon);
        await RestingAsync(daemon, crashes: 1);
        _time.Skip(TimeSpan.FromSeconds(1));
        await EndAsync(daemon);
        await RestingAsync(daemon, crashes: 2);
        _time.Skip(TimeSpan.FromSeconds(2));
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);

        _time.Skip(TimeSpan.FromSeconds(60));
        await EndAsync(daemon);

        Assert.Equal("restarts in 1 s", (await RestingAsync(daemon, crashes: 1)).RestartText(_time.GetUtcNow()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_by_a_person_is_no_end_by_itself_and_cancels_a_restart_that_is_due()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "all" }, "web: exit 1", "api: sleep 1000");
        await RestingAsync(daemon, crashes: 1);

        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));
        Assert.Equal(new CommandOutcome(true, "Stopped api"), await daemon.SendAsync(CommandKind.Stop, "api"));
        _time.Skip(TimeSpan.FromSeconds(60));
        await daemon.SendAsync(CommandKind.Start, "api");

        Assert.Equal((ProcessState.Stopped, null), (daemon.Info("web").State, daemon.Info("web").RestartAt));
        Assert.Single(daemon.Causes("web"));
        Assert.Equal(["daemon start", "start"], daemon.Causes("api"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_start_by_a_person_needs_no_waiting_and_ends_the_row()
    {
        await using var daemon = await StartAsync(new PlanOptions { AutoRestart = "web" }, "web: [ -e ok ] && exec sleep 1000; exit 1");
        await RestingAsync(daemon, crashes: 1);
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "ok"), "", TestContext.Current.CancellationToken);

        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));

        Assert.Equal((ProcessState.Running, 0, null), (daemon.Info("web").State, daemon.Info("web").Crashes, daemon.Info("web").Reason));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_rule_for_failures_lets_a_success_rest()
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new PlanOptions(), [("overmind-gui.yaml", "processes:\n  bad: {restart: on-failure}\n  good: {restart: on-failure}\n")], _time,
            "bad: exit 1", "good: exit 0");

        await daemon.WaitForAsync("bad", p => p.RestartAt is not null);
        var good = await daemon.WaitForAsync("good", p => p.State == ProcessState.Exited);

        Assert.Equal(("exited", null, "started again when it fails"), (good.State.ToText(), good.RestartAt, good.Rule));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_failure_that_is_declared_and_an_end_that_follows_it_lead_to_one_restart()
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new PlanOptions { AutoRestart = "web" }, [("failure_declarations.json", """{"web": ["boom"]}""")], _time, "web: echo boom; exit 1");

        await daemon.WaitForAsync("web", p => p is { State: ProcessState.Broken, RestartAt: not null });
        _time.Skip(TimeSpan.FromSeconds(1));
        await daemon.UntilAsync(() => daemon.Causes("web").Count == 2);
        await daemon.WaitForAsync("web", p => p is { State: ProcessState.Broken, RestartAt: not null });

        Assert.Equal(["daemon start", "failure"], daemon.Causes("web"));
        Assert.Equal("\"boom\" was printed", daemon.Info("web").Reason);
    }

    private Task<TestDaemon> StartAsync(PlanOptions plan, params string[] procfile) => TestDaemon.StartPlannedAsync(plan, [], _time, procfile);

    private static Task<ProcessInfo> RestingAsync(TestDaemon daemon, int crashes) =>
        daemon.WaitForAsync("web", p => p is { State: ProcessState.Waiting or ProcessState.CrashLoop, RestartAt: not null } && p.Crashes == crashes);

    private static Task EndAsync(TestDaemon daemon) =>
        File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "end"), "", TestContext.Current.CancellationToken);
}
