using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.OvermindBackend;

public class ProcessTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Every_process_runs_and_its_lines_are_stored_as_it_printed_them()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(@"web: printf '\033[32mhello\033[0m web\n'; sleep 1000", "worker: sleep 1000");

        await daemon.WaitForLineAsync("web", "hello web");

        Assert.All(["web", "worker"], name => Assert.Equal(ProcessState.Running, daemon.Info(name).State));
        var line = daemon.Output("web").Single();
        Assert.Equal((LineSource.Terminal, daemon.RunId("web")), (line.Stream, line.RunId));
        Assert.NotNull(line.Style);
        Assert.Equal([$"Started with PID {daemon.Info("web").Pid}", "hello web"], daemon.Lines("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task Lines_that_look_like_those_of_another_process_stay_where_they_were_printed()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            @"web: printf 'api | a\n\033[1;38;5;3mapi   \033[0m | b\nend\n'; sleep 1000", "api: sleep 1000");

        await daemon.WaitForLineAsync("web", "end");

        Assert.Equal(["api | a", "api    | b", "end"], daemon.Output("web").Select(l => l.Text));
        Assert.Empty(daemon.Output("api"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Words_of_overmind_that_a_process_prints_itself_are_its_output()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            @"web: for words in 'Exited with code 3' 'Restarting...' 'Started with pid 1...'; do printf '\033[1m%s\033[0m\n' ""$words""; done; sleep 1000");

        await daemon.WaitForLineAsync("web", "Started with pid 1...");

        Assert.Equal(["Exited with code 3", "Restarting...", "Started with pid 1..."], daemon.Output("web").Select(l => l.Text));
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
        Assert.NotEqual(1, daemon.Info("web").Pid);
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_that_contain_each_other_keep_their_own_lines()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            "web: echo a; sleep 1000", "web-api: echo b; sleep 1000", "api: echo c; sleep 1000");

        foreach (var (name, line) in new[] { ("web", "a"), ("web-api", "b"), ("api", "c") })
        {
            await daemon.WaitForLineAsync(name, line);
            Assert.Single(daemon.Output(name));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_colour_lasts_from_line_to_line_whatever_prints_in_between()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            @"web: printf '\033[31mred\n'; sleep 0.2; printf 'still red\n'; sleep 1000", "noise: while :; do echo plain; sleep 0.02; done");

        await daemon.WaitForLineAsync("web", "still red");
        await daemon.WaitForLineAsync("noise", "plain");

        var lines = daemon.Output("web").ToList();
        var styles = lines.Select(line => Assert.Single(StyleRunCodec.Decode(line.Text, line.Style).Runs).Style).ToList();
        Assert.Equal(TerminalColor.Palette(1), styles[0].Foreground);
        Assert.Equal(styles[0], styles[1]);
        Assert.All(daemon.Output("noise"), line => Assert.Null(line.Style));
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_floods_at_once_lose_nothing_and_keep_their_order()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync($"one: {Dummy.Lines(20_000)}", $"two: {Dummy.Lines(20_000)}");

        foreach (var name in new[] { "one", "two" })
        {
            var lines = await daemon.OutputAfterEndAsync(name);
            Assert.Equal(20_000, lines.Count);
            Assert.All(lines.Index(), line => Assert.StartsWith($"{line.Index:D8}...", line.Item, StringComparison.Ordinal));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_last_line_without_newline_and_a_very_long_one_are_stored_whole()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(
            "partial: printf 'no newline'", "long: head -c 50000 /dev/zero | tr '\\0' x; echo; echo after");

        Assert.Equal(["no newline"], await daemon.OutputAfterEndAsync("partial"));
        Assert.Equal([new string('x', 50_000), "after"], await daemon.OutputAfterEndAsync("long"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_progress_bar_is_one_line_that_ends_as_the_process_left_it()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync(@"web: printf '10%%\r20%%\r100%%\n'; printf 'a\nb\n\033[2Ac\n\nend\n'; sleep 1000");

        await daemon.WaitForLineAsync("web", "end");
        await daemon.WaitForLineAsync("web", "c");

        Assert.Equal(["100%", "c", "b", "end"], daemon.Output("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_that_ends_by_itself_is_dead_with_the_code_that_overmind_reports_and_the_others_go_on()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("worker: echo bye; exit 3", "fine: exit 0", "web: sleep 1000");

        await daemon.WaitForLineAsync("worker", "bye");
        await daemon.OutputAfterEndAsync("fine");
        Assert.Equal(["bye"], await daemon.OutputAfterEndAsync("worker"));

        Assert.Equal((ProcessState.Dead, new ExitStatus(3), null), (daemon.Info("worker").State, daemon.Info("worker").Exit, daemon.Info("worker").Pid));
        Assert.Equal("exited", daemon.Info("fine").State.ToText());
        Assert.Equal("Exited with code 3", daemon.Lines("worker")[^1].Text);
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
        using var context = daemon.Database.CreateDbContext();
        var run = context.Runs.AsNoTracking().Single(r => r.ProcessId == 1);
        Assert.Equal((3, "daemon start", 0), (run.ExitCode, run.Cause, run.RestartNumber));
        Assert.NotNull(run.EndedAt);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_says_nothing_is_known_by_its_table()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000\nworker: while [ ! -e end ]; do sleep 0.05; done");
        StandIn.GiveHabit(folder.Folder, "mute");
        await using var daemon = await TestDaemon.StartWithOvermindAsync(folder.Folder);
        await daemon.WaitForLineAsync("web", "hello");
        var pid = daemon.Info("worker").Pid;

        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "end"), "", TestContext.Current.CancellationToken);

        var ended = await daemon.WaitForEndAsync("worker");
        Assert.NotNull(pid);
        Assert.Equal((ProcessState.Dead, null), (ended.State, ended.Exit));
        await daemon.WaitForAnyLineAsync("worker", text => text == "Ended; overmind did not say how");
        Assert.Equal(new CommandOutcome(true, "Restarted web"), await daemon.SendAsync(CommandKind.Restart, "web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_time_that_overmind_puts_in_front_is_taken_off()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        StandIn.GiveHabit(folder.Folder, "timestamps");
        await using var daemon = await TestDaemon.StartWithOvermindAsync(folder.Folder);

        await daemon.WaitForLineAsync("web", "hello");

        Assert.Equal([$"Started with PID {daemon.Info("web").Pid}", "hello"], daemon.Lines("web").Select(l => l.Text));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_entry_that_overmind_skips_is_reported_and_cannot_be_started()
    {
        await using var daemon = await TestDaemon.StartWithOvermindAsync("web: sleep 1000", "lazy:sleep 1000");

        var outcome = await daemon.SendAsync(CommandKind.Start, "lazy");

        Assert.False(outcome.Succeeded);
        Assert.StartsWith("Overmind does not run lazy: it wants a space behind the colon", outcome.Message, StringComparison.Ordinal);
        Assert.Contains(outcome.Message, daemon.Lines("system").Select(l => l.Text));
        Assert.Equal(ProcessState.Stopped, daemon.Info("lazy").State);
        Assert.Equal(ProcessState.Running, daemon.Info("web").State);
    }
}
