using System.Globalization;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Supervision;

public class EndingTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("sleep 3500 & echo $!")] // the kernel hangs up on it
    [InlineData("trap '' HUP; sleep 3500 & echo $!; exit 0")]
    [InlineData("(sleep 3500 & echo $!); exit 3")]
    [InlineData("sleep 3500 & echo $!", "web")]
    public async Task What_a_process_leaves_running_is_ended_and_named(string command, string piped = "")
    {
        await using var daemon = await TestDaemon.StartAsync(TerminalSize.Default, PipedProcesses.Parse(piped, "test"), $"web: {command}");

        var notice = await daemon.WaitForAnyLineAsync("web", text => text.StartsWith("Ended what", StringComparison.Ordinal));

        // A child that ends before it has become sleep still has the name of its shell.
        Assert.Matches($"^Ended what it left running: (sleep|sh), PID {daemon.Output("web").First().Text}$", notice);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("exit 0")]
    [InlineData("sleep 0 & sleep 0.2; true")] // ended before its parent did
    public async Task A_process_that_leaves_nothing_running_gets_no_notice_of_it(string command)
    {
        await using var daemon = await TestDaemon.StartAsync($"tidy: {command}");

        await daemon.OutputAfterEndAsync("tidy");

        Assert.DoesNotContain(daemon.Lines("tidy"), l => l.Text.StartsWith("Ended what", StringComparison.Ordinal));
    }

    [Fact(Timeout = Timeout)]
    public async Task Orphans_that_end_are_collected_while_their_process_runs_on()
    {
        await using var daemon = await TestDaemon.StartAsync("web: for i in 1 2 3; do (sh -c 'echo $$; exit 1' &); done; (setsid sh -c 'echo $$; exit 1' &); sleep 1000");
        await daemon.UntilAsync(() => daemon.Output("web").Count() == 4, "four orphans have printed their PIDs");

        foreach (var line in daemon.Output("web"))
            await daemon.UntilAsync(() => ProcessEntry.Of(int.Parse(line.Text, CultureInfo.InvariantCulture)) is null, "an orphan is collected");
    }

    [Theory(Timeout = Timeout)]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("kill -KILL $$", 128 + 9)]
    [InlineData("kill -TERM $$", 128 + 15)]
    [InlineData("exit 3", 3, "true")]
    [InlineData("kill -KILL $$", 128 + 9, "true")]
    [InlineData("kill -TERM $$", 128 + 15, "true")]
    public async Task An_end_by_itself_is_recorded_with_its_code_or_signal(string command, int code, string piped = "")
    {
        await using var daemon = await TestDaemon.StartAsync(TerminalSize.Default, PipedProcesses.Parse(piped, "test"), $"p: {command}");

        var info = await daemon.WaitForEndAsync("p");

        Assert.Equal(code == 0 ? ProcessState.Exited : ProcessState.Dead, info.State);
        Assert.Null(info.Pid);
        Assert.Equal(new ExitStatus(code), info.Exit);
        using var context = daemon.Database.CreateDbContext();
        var run = Assert.Single(context.Runs);
        Assert.Equal(code, run.ExitCode);
        Assert.NotNull(run.EndedAt);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_ends_the_whole_group_and_is_no_death()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000 & sleep 1000 & echo up; wait");
        await daemon.WaitForLineAsync("p", "up");
        var group = new ProcessGroup(daemon.Info("p").Pid!.Value);

        var outcome = await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Equal(new CommandOutcome(true, "Stopped p"), outcome);
        Assert.False(group.IsAlive());
        Assert.Equal(ProcessState.Stopped, daemon.Info("p").State);
        Assert.Equal($"Stopped (killed by SIGTERM (15)) · {Initiator.ThisUser.Words}", daemon.Lines("p")[^1].Text);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("true")]
    public async Task A_member_that_needs_longer_than_its_shell_is_asked_once_and_heard_to_its_end(string piped)
    {
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse(piped, "test"), $"p: cd . && {Dummy.LastWordsInGroup("asked.")} && echo never");
        await daemon.WaitForLineAsync("p", "ready");

        await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Equal(["ready", "asked.", $"Stopped (killed by SIGTERM (15)) · {Initiator.ThisUser.Words}"], daemon.Lines("p").Skip(1).Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_leader_that_handles_the_request_is_left_to_do_so()
    {
        await using var daemon = await TestDaemon.StartAsync("p: trap 'echo cleaning up; exit 3' TERM; echo ready; sleep 1000 & wait");
        await daemon.WaitForLineAsync("p", "ready");

        await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Equal("cleaning up", daemon.Output("p").Last().Text);
        Assert.Equal(new ExitStatus(3), daemon.Info("p").Exit);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_ignores_the_request_is_killed_and_delays_no_other()
    {
        await using var daemon = await TestDaemon.StartAsync($"deaf: {Dummy.IgnoreTerminate}", "polite: sleep 1000");
        await daemon.WaitForLineAsync("deaf", "deaf");

        var deaf = daemon.SendAsync(CommandKind.Stop, "deaf");
        await daemon.WaitForAsync("deaf", p => p.State == ProcessState.Stopping);
        await daemon.SendAsync(CommandKind.Stop, "polite");

        Assert.False(deaf.IsCompleted);
        Assert.True((await deaf).Succeeded);
        Assert.Equal(9, daemon.Info("deaf").Exit?.Signal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("true")]
    public async Task An_exit_is_reported_while_a_grandchild_holds_the_terminal_or_the_pipe(string piped)
    {
        // The leader goes on when the grandchild has left its session: an end before that would take it along. It cannot be asked to end.
        const string Grandchild = "setsid sh -c 'trap \"\" TERM; echo $$ >left; sleep 1000; sleep 1000'";
        await using var daemon = await TestDaemon.StartAsync(
            TerminalSize.Default, PipedProcesses.Parse(piped, "test"),
            $"p: [ -p left ] || mkfifo left; {Grandchild} & read pid <left; echo $pid; exit 5");

        Assert.Equal(new ExitStatus(5), (await daemon.WaitForEndAsync("p")).Exit);
        Assert.Equal(new CommandOutcome(true, "Started p"), await daemon.SendAsync(CommandKind.Start, "p"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_dead_leader_left_in_its_group_is_ended()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000 & exit 4");
        await daemon.OutputAfterEndAsync("p");

        using var context = daemon.Database.CreateDbContext();
        Assert.False(new ProcessGroup(context.Runs.Single().Pid).IsAlive());
    }
}
