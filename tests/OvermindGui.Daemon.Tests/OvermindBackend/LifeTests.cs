using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Hosting;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.OvermindBackend;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.OvermindBackend;

public class LifeTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_says_in_which_mode_it_runs_and_what_overmind_said()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");

        await daemon.WaitForWordsAsync("Listening at ./.overmind.sock");
        var said = daemon.Lines("system").Select(l => l.Text).ToList();

        Assert.Contains($"overmind started with PID {StandIn.PidOf(daemon)}", said);
        Assert.Contains("Listening at ./.overmind.sock", said);
        using var context = daemon.Database.CreateDbContext();
        Assert.Equal("overmind", context.Daemons.Single().Mode);
    }

    [Fact(Timeout = Timeout)]
    public async Task Overmind_is_reported_what_its_own_variables_must_not_change()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");

        var words = await File.ReadAllTextAsync(Path.Combine(daemon.Folder.Root, "stand-in.arguments"), TestContext.Current.CancellationToken);

        Assert.EndsWith(
            $" start --procfile {daemon.Folder.Procfile} --any-can-die --no-port --formation all=1 --daemonize=false --show-timestamps=false --timeout 5"
            + " --socket ./.overmind.sock --network unix",
            words, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Quit_ends_every_process_then_overmind_and_then_the_daemon()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            "web: sleep 1000", "deaf: trap '' INT TERM; echo ready; while :; do sleep 0.1; done", "worker: exit 3");
        await daemon.WaitForLineAsync("deaf", "ready");
        await daemon.WaitForEndAsync("worker");
        var groups = new[] { "web", "deaf" }.Select(n => new ProcessGroup(daemon.Info(n).Pid!.Value)).Append(new ProcessGroup(StandIn.PidOf(daemon))).ToList();

        var outcome = await new CommandClient(daemon.Database, TimeProvider.System).QuitAsync(TestContext.Current.CancellationToken);
        await daemon.Ended;

        Assert.True(outcome.Succeeded, outcome.Message);
        StandIn.AssertGone(groups);
        Assert.Equal((ProcessState.Stopped, new ExitStatus(0)), (daemon.Info("web").State, daemon.Info("web").Exit));
        Assert.Equal((ProcessState.Stopped, new ExitStatus(137)), (daemon.Info("deaf").State, daemon.Info("deaf").Exit));
        Assert.Equal((ProcessState.Dead, new ExitStatus(3)), (daemon.Info("worker").State, daemon.Info("worker").Exit));
        Assert.False(File.Exists(StandIn.SocketOf(daemon.Folder)));
        Assert.Equal("Daemon ended", daemon.Lines("system")[^1].Text);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_does_not_quit_is_killed_and_so_is_what_it_leaves()
    {
        using var folder = new TestFolder("web: sleep 1000\nnohup: trap '' HUP INT TERM; echo ready; while :; do sleep 0.1; done");
        StandIn.GiveHabit(folder.Folder, "deaf");
        await using var daemon = await TestDaemon.StartWithOvermindAsync(folder.Folder);
        await daemon.WaitForLineAsync("nohup", "ready");
        var groups = new[] { "web", "nohup" }.Select(n => new ProcessGroup(daemon.Info(n).Pid!.Value)).Append(new ProcessGroup(StandIn.PidOf(daemon))).ToList();

        await daemon.StopAsync();

        StandIn.AssertGone(groups);
        Assert.All(["web", "nohup"], name => Assert.Equal((ProcessState.Stopped, null), (daemon.Info(name).State, daemon.Info(name).Exit)));
        Assert.False(File.Exists(StandIn.TmuxServerOf(daemon)));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_is_killed_takes_its_processes_and_the_daemon_with_it_and_that_is_said()
    {
        using var folder = new TestFolder("web: sleep 1000\nnohup: trap '' HUP; echo ready; while :; do sleep 0.1; done");
        int overmind;
        await using (var daemon = await TestDaemon.StartWithOvermindAsync(folder.Folder))
        {
            await daemon.WaitForLineAsync("nohup", "ready");
            overmind = StandIn.PidOf(daemon);
            var groups = new[] { "web", "nohup" }.Select(n => new ProcessGroup(daemon.Info(n).Pid!.Value)).ToList();

            new ProcessGroup(overmind).Signal(ProcessGroup.Kill);
            var failure = await daemon.FailureAsync<OvermindEndedException>();

            Assert.Equal("overmind ended by itself (killed by SIGKILL (9)), and the daemon with it", failure.Message);
            using (var context = daemon.Database.CreateDbContext())
                Assert.Equal((failure.Message, null), (context.Daemons.Single().EndReason, context.Daemons.Single().ExitCode));
            StandIn.AssertGone(groups);
            Assert.All(["web", "nohup"], name => Assert.Equal(ProcessState.Dead, daemon.Info(name).State));
            Assert.Equal("Ended; overmind did not say how", daemon.Lines("web")[^1].Text);
            Assert.Contains(
                "overmind ended by itself (killed by SIGKILL (9)); the daemon ends too, since nothing is left to supervise",
                daemon.Lines("system").Select(l => l.Text));
            Assert.False(DaemonLock.IsHeld(folder.Folder));
            Assert.True(File.Exists(StandIn.SocketOf(folder.Folder)));
        }

        // The socket that it has left behind is in the way of no one.
        await using var next = await TestDaemon.StartWithOvermindAsync(folder.Folder);
        Assert.Equal(ProcessState.Running, next.Info("web").State);
        Assert.NotEqual(overmind, StandIn.PidOf(next));
        Assert.Contains("The socket of an overmind that was killed has been removed", next.Lines("system").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_is_ended_by_its_own_command_ends_the_daemon_too()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");

        await StandIn.RunAsync(daemon.Folder, "quit");
        await daemon.FailureAsync<OvermindEndedException>();

        Assert.Equal((ProcessState.Stopped, new ExitStatus(0)), (daemon.Info("web").State, daemon.Info("web").Exit));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_loses_its_tmux_ends_and_its_last_words_are_kept()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000");
        var web = new ProcessGroup(daemon.Info("web").Pid!.Value);

        File.Delete(StandIn.TmuxServerOf(daemon));
        await daemon.FailureAsync<OvermindEndedException>();

        Assert.Contains("overmind: Tmux client unexpectedly exited", daemon.Lines("system").Select(l => l.Text));
        StandIn.AssertGone([web]);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_of_another_user_is_left_alone()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var foreign = await StandIn.StartForeignAsync(folder.Folder);

        var refusal = await Assert.ThrowsAsync<StartupException>(() => TestDaemon.StartWithOvermindAsync(folder.Folder));

        Assert.Equal(
            $"An overmind that is not ours already runs in {folder.Folder} (socket .overmind.sock)\n"
            + "End it with \"overmind quit\" in that folder, then try again",
            refusal.Message);
        Assert.Contains("running", await StandIn.RunAsync(folder.Folder, "status"), StringComparison.Ordinal);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_refuses_to_start_is_quoted()
    {
        using var folder = new TestFolder("web: sleep 1000\nweb: sleep 1000");

        var refusal = await Assert.ThrowsAsync<StartupException>(() => TestDaemon.StartWithOvermindAsync(folder.Folder));

        Assert.Equal("overmind did not start; it exited with code 1\novermind: Process names must be unique", refusal.Message);
    }

    [Fact(Timeout = Timeout)]
    public async Task Overmind_gets_the_stop_timeout_of_the_project()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, ".overmind.env"), "OVERMIND_TIMEOUT=60\n", TestContext.Current.CancellationToken);
        await using var daemon = await TestDaemon.StartWithOvermindAsync(folder.Folder);

        var words = await File.ReadAllTextAsync(Path.Combine(daemon.Folder.Root, "stand-in.arguments"), TestContext.Current.CancellationToken);

        Assert.Contains(" --timeout 60 ", words, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("Overmind mode needs overmind and tmux, which are not on the PATH", "apt install tmux", "gem install overmind")]
    [InlineData("Overmind mode needs overmind, which is not on the PATH", "gem install overmind", "Without --overmind", "tmux")]
    [InlineData("Overmind mode needs tmux, which is not on the PATH", "apt install tmux", "Without --overmind", "overmind")]
    public async Task What_is_missing_is_named_before_anything_is_started(string message, string hint, string otherHint, params string[] present)
    {
        using var folder = new TestFolder("web: sleep 1000");
        var tools = Directory.CreateDirectory(Path.Combine(folder.Folder.Root, "tools")).FullName;
        foreach (var tool in present) File.CreateSymbolicLink(Path.Combine(tools, tool), Path.Combine(AppContext.BaseDirectory, tool));
        await File.WriteAllTextAsync(Path.Combine(tools, "not-executable"), "", TestContext.Current.CancellationToken);
        var options = new DaemonOptions { Folder = folder.Folder, Detached = true, Mode = DaemonMode.Overmind, SearchPath = tools };

        var refusal = await Assert.ThrowsAsync<StartupException>(() =>
            DaemonHost.RunAsync(options, () => Assert.Fail("It must not get so far"), TestContext.Current.CancellationToken));

        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(hint, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(otherHint, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["Procfile"], Directory.GetFiles(folder.Folder.Root).Select(Path.GetFileName));
    }
}
