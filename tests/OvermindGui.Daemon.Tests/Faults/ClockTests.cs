using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Faults;

/// <summary>A user, or a time server, sets the clock back an hour under a running daemon.</summary>
public class ClockTests
{
    private const int Timeout = 120_000;
    private static readonly TimeSpan HourBack = TimeSpan.FromHours(-1);

    private readonly JumpingTime _time = new();

    [Fact(Timeout = Timeout)]
    public async Task Output_commands_restarts_and_changed_files_go_on_without_a_pause()
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new PlanOptions { AutoRestart = "crasher" }, [], _time,
            "web: i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done", "crasher: exit 1", "quiet: exec sleep 1000");
        await daemon.WaitForAsync("crasher", p => p.Crashes >= 1);
        var (web, quiet) = (daemon.Info("web").Pid, daemon.Info("quiet").Pid);

        _time.Set(HourBack);
        var seen = daemon.Output("web").Count();
        await daemon.UntilAsync(() => daemon.Output("web").Count() > seen + 20);
        await daemon.WaitForAsync("crasher", p => p.Crashes >= 3); // after one second and after two, not after an hour
        Assert.Equal((web, quiet), (daemon.Info("web").Pid, daemon.Info("quiet").Pid));
        Assert.Equal(new CommandOutcome(true, "Restarted quiet"), await daemon.SendAsync(CommandKind.Restart, "quiet"));
        daemon.Save("Procfile", "web: i=0; while :; do i=$((i+1)); echo $i; sleep 0.02; done\ncrasher: exit 1\nquiet: exec sleep 2000\n");
        await daemon.WaitForWordsAsync("~ quiet: command");
        Assert.Equal(new CommandOutcome(true, "Stopped web"), await daemon.SendAsync(CommandKind.Stop, "web"));

        // The order of lines is that of their ids, whatever the clock said.
        var texts = daemon.Output("web").Select(l => l.Text).ToList();
        Assert.Equal(Enumerable.Range(1, texts.Count).Select(n => $"{n}"), texts);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_kept_by_age_stays_and_what_was_cleared_can_still_be_taken_back()
    {
        var keep = Retention.Default with { Age = TimeSpan.FromMinutes(30) };
        await using var daemon = await TestDaemon.StartKeepingAsync(keep, _time, "web: echo one; echo two; exec sleep 1000");
        await daemon.WaitForLineAsync("web", "two");
        var clearing = new OutputClearing(daemon.Database, _time);
        Assert.NotNull(clearing.Clear("web").UndoUntil);

        _time.Set(HourBack);
        Assert.Equal(["web"], clearing.Undo());
        Assert.Equal(["one", "two"], daemon.Output("web").Select(l => l.Text));
        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
        await daemon.UntilAsync(() => daemon.Output("web").Count() == 4);

        // And forward again, as a time server does that set it wrongly before: nothing is too old by that alone.
        _time.Set(-HourBack);
        Assert.Equal(["one", "two", "one", "two"], daemon.Output("web").Select(l => l.Text));
    }
}
