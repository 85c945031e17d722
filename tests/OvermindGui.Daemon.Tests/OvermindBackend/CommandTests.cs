using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.OvermindBackend;

public class CommandTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_stopped_process_is_stopped_on_purpose_and_starts_again_as_a_new_run()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: echo hello; sleep 1000", "other: sleep 1000");
        await daemon.WaitForLineAsync("web", "hello");
        var (first, other) = (daemon.Info("web").Pid!.Value, daemon.Info("other").Pid);

        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));
        Assert.Equal((ProcessState.Stopped, null), (daemon.Info("web").State, daemon.Info("web").Pid));
        Assert.False(new ProcessGroup(first).IsAlive());

        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
        Assert.NotEqual(first, daemon.Info("web").Pid);
        Assert.Equal(other, daemon.Info("other").Pid);
        await daemon.WaitForAsync("web", _ => daemon.Output("web").Count(l => l.Text == "hello") == 2);
        Assert.Equal(2, daemon.Output("web").Select(l => l.RunId).Distinct().Count());
        Assert.Equal(["daemon start", "start"], Causes(daemon));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_restart_is_a_new_run_with_a_new_pid()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");
        var before = daemon.Info("web").Pid!.Value;

        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));

        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
        Assert.NotEqual(before, daemon.Info("web").Pid);
        Assert.False(new ProcessGroup(before).IsAlive());
        Assert.Equal(["daemon start", "restart"], Causes(daemon));
        Assert.Equal(
            [$"Started with PID {before}", "Stopped (exited with code 0)", $"Started with PID {daemon.Info("web").Pid} · restarted {Initiator.ThisUser.Words}"],
            daemon.Lines("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_new_run_prints_stands_behind_the_notice_of_its_start_although_overmind_learns_its_pid_later()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        StandIn.GiveHabit(folder.Folder, "late");
        await using var daemon = await TestDaemon.StartWithOvermindAsync(folder.Folder);
        var before = daemon.Info("web").Pid!.Value;

        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));

        await daemon.UntilAsync(() => daemon.Output("web").Count() == 2);
        Assert.Equal(
            [$"Started with PID {before}", "hello", "Stopped (exited with code 0)", $"Started with PID {daemon.Info("web").Pid} · restarted {Initiator.ThisUser.Words}", "hello"],
            daemon.Lines("web").Select(l => l.Text));
        Assert.Equal(2, daemon.Lines("web").Select(l => l.RunId).Distinct().Count());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_has_ended_by_itself_starts_again()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000", "worker: exit 3");
        await daemon.WaitForEndAsync("worker");

        Assert.Equal(new CommandOutcome(true, "Started worker"), await daemon.SendAsync(CommandKind.Start, "worker"));
        Assert.Equal(new CommandOutcome(true, "worker is not running"), await SendAfterEndAsync(daemon, CommandKind.Stop));
        Assert.Equal(new CommandOutcome(true, "Restarted worker"), await SendAfterEndAsync(daemon, CommandKind.Restart));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_start_of_a_running_process_leaves_it_running_and_says_so()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");
        var pid = daemon.Info("web").Pid;

        Assert.Equal(new CommandOutcome(true, $"web is already running (PID {pid})"), await daemon.SendAsync(CommandKind.Start, "web"));

        Assert.Equal(pid, daemon.Info("web").Pid);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_unknown_process_is_refused_with_the_known_ones()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000", "api: sleep 1000");

        foreach (var kind in new[] { CommandKind.Start, CommandKind.Stop, CommandKind.Restart })
            Assert.Equal(new CommandOutcome(false, "Unknown process: nope (known: web, api)"), await daemon.SendAsync(kind, "nope"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_without_a_name_is_for_all_processes()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000", "api: sleep 1000");

        Assert.Equal(new CommandOutcome(true, "Stopped web\nStopped api"), await daemon.SendAsync(CommandKind.Stop, null));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_ignores_the_stop_is_killed_and_delays_no_other()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            "deaf: trap '' INT TERM; echo ready; while :; do sleep 0.1; done", "web: sleep 1000");
        await daemon.WaitForLineAsync("deaf", "ready");

        var stop = daemon.SendAsync(CommandKind.Stop, "deaf");
        await daemon.WaitForAsync("deaf", p => p.State == ProcessState.Stopping);
        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
        Assert.Equal(ProcessState.Stopping, daemon.Info("deaf").State);

        Assert.Equal(new CommandOutcome(true, "Stopped deaf"), await stop);
        Assert.Equal((ProcessState.Stopped, new ExitStatus(137)), (daemon.Info("deaf").State, daemon.Info("deaf").Exit));
        Assert.Equal(
            ["ready", "Did not end; overmind kills it", $"Stopped (killed by SIGKILL (9)) · {Initiator.ThisUser.Words}"], daemon.Lines("deaf").Skip(1).Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_done_at_overminds_own_command_line_is_seen_and_recorded()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");

        await StandIn.RunAsync(daemon.Folder, "stop", "web");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Stopped);

        await StandIn.RunAsync(daemon.Folder, "restart", "web");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Running);
        Assert.Equal(["daemon start", "overmind"], Causes(daemon));
    }

    private static async Task<CommandOutcome> SendAfterEndAsync(TestDaemon daemon, CommandKind kind)
    {
        await daemon.WaitForEndAsync("worker");
        return await daemon.SendAsync(kind, "worker");
    }

    private static List<string> Causes(TestDaemon daemon)
    {
        using var context = daemon.Database.CreateDbContext();
        return [.. context.Runs.Where(r => r.ProcessId == 1).OrderBy(r => r.Id).Select(r => r.Cause)];
    }
}
