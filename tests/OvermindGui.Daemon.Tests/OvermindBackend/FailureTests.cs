using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.OvermindBackend;

/// <summary>Failure declarations do the same whatever runs the processes.</summary>
public class FailureTests
{
    private const int Timeout = 120_000;

    private readonly SkippableTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task A_hit_stops_the_process_marks_it_broken_and_starts_it_again_after_a_second()
    {
        await using var daemon = await StartAsync(
            """{"web": ["eaddrinuse"]}""", @"web: printf '\033[31mError: EADDRINUSE\033[0m\n'; exec sleep 1000", "other: sleep 1000");
        var other = daemon.Info("other").Pid;
        var broken = await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        Assert.Null(broken.Pid);
        Assert.Equal("restarts in 1 s", broken.RestartText(_time.GetUtcNow()));
        Assert.Equal(
            ["eaddrinuse: Error: EADDRINUSE -> restarts after 1 s"],
            daemon.Failures("web").Select(h => $"{h.Pattern}: {h.Text} -> {h.Outcome}"));
        Assert.Equal("Error: EADDRINUSE", daemon.Lines("web")[1].Text);
        Assert.EndsWith(": stopping, and starting again after 1 s (hit 1 of 5)", daemon.Lines("web")[2].Text, StringComparison.Ordinal);
        Assert.Equal("Stopped (exited with code 0)", daemon.Lines("web")[3].Text);

        _time.Skip(TimeSpan.FromSeconds(1));
        await daemon.WaitForAsync("web", _ => daemon.Output("web").Count() == 2);

        using var context = daemon.Database.CreateDbContext();
        Assert.Equal(["daemon start", "failure"], context.Runs.Where(r => r.ProcessId == 1).OrderBy(r => r.Id).Select(r => r.Cause));
        Assert.Equal(other, daemon.Info("other").Pid);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_that_stops_leaves_it_broken_until_a_person_starts_it()
    {
        await using var daemon = await StartAsync(
            """{"web": [{"pattern": "boom", "action": "stop"}]}""", "web: if [ ! -e again ]; then touch again; echo boom; fi; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.State == ProcessState.Broken);

        Assert.Equal(new CommandOutcome(true, "web is not running"), await daemon.SendAsync(CommandKind.Stop, "web"));
        Assert.Equal(ProcessState.Broken, daemon.Info("web").State);
        Assert.Equal(new CommandOutcome(true, "Started web"), await daemon.SendAsync(CommandKind.Start, "web"));
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_declaration_that_notifies_stops_nothing()
    {
        await using var daemon = await StartAsync("""{"web": [{"pattern": "boom", "action": "notify"}]}""", "web: echo boom; echo after; exec sleep 1000");

        await daemon.WaitForLineAsync("web", "after");
        await daemon.WaitForAnyLineAsync("web", text => text.StartsWith("Failure declaration \"boom\" matched at", StringComparison.Ordinal));

        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
        await daemon.WaitForAsync("web", _ => daemon.Failures("web").Any(h => h.Outcome == "noted"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_cancels_the_restart_that_was_due()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", "web: echo boom; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.RestartAt is not null);

        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));
        _time.Skip(TimeSpan.FromHours(1));

        Assert.Equal((ProcessState.Stopped, null), (daemon.Info("web").State, daemon.Info("web").RestartAt));
        Assert.Equal("restart cancelled: it was stopped", Assert.Single(daemon.Failures("web")).Outcome);
        Assert.Single(daemon.Output("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_last_words_of_a_process_that_is_stopped_are_no_failure()
    {
        await using var daemon = await StartAsync(
            """{"web": ["boom"]}""", "web: trap 'echo boom; exit 0' INT; echo ready; while :; do sleep 0.05; done");
        await daemon.WaitForLineAsync("web", "ready");

        await daemon.SendAsync(CommandKind.Stop, "web");

        await daemon.WaitForLineAsync("web", "boom");
        Assert.Equal(ProcessState.Stopped, daemon.Info("web").State);
        Assert.Empty(daemon.Failures("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_ends_starts_nothing_again()
    {
        await using var daemon = await StartAsync("""{"web": ["boom"]}""", "web: echo boom; exec sleep 1000");
        await daemon.WaitForAsync("web", p => p.RestartAt is not null);

        await daemon.StopAsync();

        Assert.Equal(ProcessState.Stopped, daemon.Info("web").State);
        Assert.Equal("restart cancelled: it was stopped", Assert.Single(daemon.Failures("web")).Outcome);
        Assert.Single(daemon.Output("web"));
    }

    private Task<TestDaemon> StartAsync(string declarations, params string[] procfile) =>
        TestDaemon.StartWithOvermindAsync(declarations, FailureAction.Restart, _time, procfile);
}
