using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Policies;

/// <summary>What the end of one process means for the others, and how each is ended.</summary>
public class EndingRuleTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task By_default_the_others_go_on()
    {
        await using var daemon = await StartAsync(new PlanOptions(), "web: exit 3", "api: sleep 1000");

        await daemon.WaitForEndAsync("web");

        Assert.Equal(ProcessState.Running, daemon.Info("api").State);
        Assert.Contains("Exit policy: other processes keep running", daemon.Lines("system").Select(l => l.Text));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true, null, "web: until [ -e go ]; do sleep 0.02; done; exit 3", 3)]
    [InlineData(true, null, "web: until [ -e go ]; do sleep 0.02; done; exit 0", 0)]
    [InlineData(null, "api", "web: until [ -e go ]; do sleep 0.02; done; exit 3", 3)]
    [InlineData(true, null, "web: until [ -e go ]; do sleep 0.02; done; kill -9 $$", 137)]
    public async Task Where_the_end_of_one_ends_all_the_daemon_ends_with_the_highest_code(bool? any, string? canDie, string line, int code)
    {
        await using var daemon = await StartAsync(new PlanOptions { ExitWithAny = any, CanDie = canDie }, line, "api: sleep 1000");
        var api = daemon.Info("api").Pid!.Value;

        daemon.Save("go", "");
        Assert.Equal(code, await daemon.Ended);

        using var context = daemon.Database.CreateDbContext();
        var record = context.Daemons.Single();
        Assert.Equal(($"web {new ExitStatus(code)}, and the end of one ends all", code), (record.EndReason, record.ExitCode));
        Assert.NotNull(record.EndedAt);
        Assert.False(new ProcessGroup(api).IsAlive());
    }

    [Fact(Timeout = Timeout)]
    public async Task Those_that_can_die_and_those_that_are_started_again_end_nothing()
    {
        await using var daemon = await StartAsync(
            new PlanOptions { CanDie = "job", AutoRestart = "flaky" }, "job: exit 1", "flaky: exit 1", "api: sleep 1000");

        await daemon.WaitForAsync("flaky", p => p.RestartAt is not null);
        await daemon.WaitForEndAsync("job");

        Assert.Equal(
            ["when it ends, the others keep running", "started again whenever it ends", "when it ends, everything is stopped"],
            new[] { "job", "flaky", "api" }.Select(name => daemon.Info(name).Rule));
        Assert.Equal(ProcessState.Running, daemon.Info("api").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_by_a_person_ends_nothing_else()
    {
        await using var daemon = await StartAsync(new PlanOptions { ExitWithAny = true }, "web: sleep 1000", "api: sleep 1000");

        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));

        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));
        Assert.Equal(ProcessState.Running, daemon.Info("api").State);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("INT")]
    [InlineData("SIGQUIT")]
    [InlineData("USR1")]
    public async Task A_process_is_asked_to_end_by_its_own_signal(string signal)
    {
        var name = signal.Replace("SIG", "", StringComparison.Ordinal);
        await using var daemon = await StartAsync(
            new PlanOptions { StopSignals = $"web={signal}" },
            $"web: trap 'echo told by {name}; exit 0' {name}; echo up; while :; do sleep 0.05; done", "api: sleep 1000");
        await daemon.WaitForLineAsync("web", "up");

        await daemon.SendAsync(CommandKind.Stop, "web");
        await daemon.SendAsync(CommandKind.Stop, "api");

        Assert.Contains($"told by {name}", daemon.Output("web").Select(l => l.Text));
        Assert.Equal(new ExitStatus(0), daemon.Info("web").Exit);
        Assert.Equal(new ExitStatus(128 + 15), daemon.Info("api").Exit);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_ignores_its_signal_is_killed_after_its_own_time()
    {
        var time = new SkippableTime();
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new PlanOptions { Timeout = "600" }, [("overmind-gui.yaml", "processes: {web: {timeout: 100ms}}")], time,
            "web: trap '' TERM; echo up; while :; do sleep 0.05; done");
        await daemon.WaitForLineAsync("web", "up");

        await daemon.SendAsync(CommandKind.Stop, "web");

        Assert.Equal(new ExitStatus(128 + 9), daemon.Info("web").Exit);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_second_stop_does_not_wait_any_longer()
    {
        await using var daemon = await StartAsync(
            new PlanOptions { Timeout = "600" }, "web: trap '' TERM; echo up; while :; do sleep 0.05; done");
        await daemon.WaitForLineAsync("web", "up");

        var first = daemon.SendAsync(CommandKind.Stop, "web");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Stopping);
        await daemon.SendAsync(CommandKind.Stop, "web");

        Assert.Equal(new CommandOutcome(true, "Stopped web"), await first);
        Assert.Equal((ProcessState.Stopped, new ExitStatus(128 + 9)), (daemon.Info("web").State, daemon.Info("web").Exit));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_kill_asks_no_rule_and_is_a_stop_on_purpose()
    {
        await using var daemon = await StartAsync(
            new PlanOptions { AutoRestart = "all", Timeout = "600" }, "web: trap '' TERM; echo up; while :; do sleep 0.05; done");
        await daemon.WaitForLineAsync("web", "up");

        Assert.Equal(new CommandOutcome(true, "Killed web"), await daemon.SendAsync(CommandKind.Kill, "web"));

        Assert.Equal((ProcessState.Stopped, new ExitStatus(128 + 9)), (daemon.Info("web").State, daemon.Info("web").Exit));
        Assert.Equal(new CommandOutcome(true, "web is not running"), await daemon.SendAsync(CommandKind.Kill, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_may_be_several_and_patterns()
    {
        await using var daemon = await StartAsync(new PlanOptions(), "web: sleep 1000", "worker1: sleep 1000", "worker2: sleep 1000");

        Assert.Equal(new CommandOutcome(true, "Stopped worker1\nStopped worker2"), await daemon.SendAsync(CommandKind.Stop, "worker*"));
        Assert.Equal(
            new CommandOutcome(false, "Unknown process: nobody (known: web, worker1, worker2)"), await daemon.SendAsync(CommandKind.Stop, "web,nobody"));

        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
    }

    private static Task<TestDaemon> StartAsync(PlanOptions plan, params string[] procfile) =>
        TestDaemon.StartPlannedAsync(plan, [], TimeProvider.System, procfile);
}
