using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests.Faults;

/// <summary>What a fault of the database, a file or a process does to commands: at most that command fails.</summary>
public class ControlFaultTests
{
    private const int Timeout = 120_000;

    // Prints for so many seconds after it was asked to end.
    private static string Slow(int seconds) =>
        $"trap 'i=0; while [ $i -lt {seconds * 10} ]; do i=$((i+1)); echo late $i; sleep 0.1; done; exit 0' TERM; echo up; while :; do sleep 0.05; done";

    [Fact(Timeout = Timeout)]
    public async Task Everything_is_stored_that_a_process_prints_while_it_takes_longer_to_end_than_a_write_may()
    {
        using var folder = new TestFolder($"slow: {Slow(17)}");
        await using var daemon = await TestDaemon.StartAsync(
            new Configuration.DaemonOptions { Folder = folder.Folder, Detached = true, Plan = new PlanOptions { Timeout = "60" } });
        await daemon.WaitForLineAsync("slow", "up");

        var outcome = await new CommandClient(daemon.Database, TimeProvider.System, Initiator.ThisUser).QuitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new CommandOutcome(true, "Daemon stopped"), outcome);
        Assert.Equal(0, await daemon.Ended);
        Assert.Equal(170, daemon.Output("slow").Count(l => l.Text.StartsWith("late ", StringComparison.Ordinal)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_scaling_by_a_row_is_carried_out_while_another_program_holds_the_database()
    {
        await using var daemon = await TestDaemon.StartAsync("a: exec sleep 1000");
        await using (var other = daemon.Database.OpenConnection())
        {
            other.Execute(null, "BEGIN IMMEDIATE");
            other.Execute(null, "INSERT INTO daemon_commands(command, process_name, timestamp) VALUES ('scale', 'a=3', 1.5)");
            other.Execute(null, "COMMIT; BEGIN IMMEDIATE");
            await Eventually.TrueAsync(() => Sleeping(daemon) == 3);
            Assert.False(daemon.Ended.IsCompleted);
            other.Execute(null, "ROLLBACK");
        }

        await daemon.UntilAsync(() => daemon.Names.SequenceEqual(["a", "a#2", "a#3"]));
        await daemon.WaitForAsync("a#3", p => p.State == ProcessState.Running);
    }

    [Fact(Timeout = Timeout)]
    public async Task With_watch_an_added_process_is_no_ghost_although_the_database_was_locked()
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(new PlanOptions(), [], TimeProvider.System, watch: true, "a: exec sleep 1000");
        await using (var other = daemon.Database.OpenConnection())
        {
            other.Execute(null, "BEGIN IMMEDIATE");
            daemon.Save("Procfile", "a: exec sleep 1000\nb: exec sleep 1000\n");
            await Eventually.TrueAsync(() => Sleeping(daemon) == 2);
            other.Execute(null, "ROLLBACK");
        }

        await daemon.WaitForWordsAsync("Reloaded: + b");
        Assert.Equal(new CommandOutcome(true, "Stopped b"), await daemon.SendAsync(CommandKind.Stop, "b"));
        daemon.Save("Procfile", "a: exec sleep 1000\nb: exec sleep 1000\nc: exec sleep 1000\n");
        await daemon.WaitForWordsAsync("Reloaded: + c");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stop_and_a_quit_are_answered_while_the_database_is_locked()
    {
        await using var daemon = await TestDaemon.StartAsync("a: exec sleep 1000", "b: exec sleep 1000");
        var pid = daemon.Info("b").Pid!.Value;
        await using var other = daemon.Database.OpenConnection();
        other.Execute(null, "BEGIN IMMEDIATE");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        var client = new CommandClient(daemon.Database, TimeProvider.System, Initiator.ThisUser);

        Assert.Equal(
            new CommandOutcome(true, "Stopped a"), await client.SendAsync(CommandKind.Stop, "a", TimeSpan.FromSeconds(15), limit.Token));
        var quitting = client.QuitAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => !new ProcessGroup(pid).IsAlive());

        other.Execute(null, "ROLLBACK");
        Assert.Equal(new CommandOutcome(true, "Daemon stopped"), await quitting);
        Assert.Equal(ProcessState.Stopped, daemon.Info("b").State);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_quit_during_a_reload_leaves_nothing_running()
    {
        using var folder = new TestFolder($"kept: exec sleep 1000\nold: {Slow(3)}\n");
        await using var daemon = await TestDaemon.StartAsync(folder.Folder);
        await daemon.WaitForLineAsync("old", "up");
        daemon.Save("Procfile", "kept: exec sleep 1000\nnew: exec sleep 1000\n");

        var reload = daemon.SendAsync(CommandKind.Reload, null);
        await daemon.WaitForLineAsync("old", "late 1");
        await daemon.StopAsync();

        Assert.False((await reload).Succeeded);
        Assert.Empty(UnfinishedRuns.Find(daemon.Database));
        using var context = daemon.Database.CreateDbContext();
        Assert.All(context.Runs, run => Assert.NotNull(run.EndedAt));
        Assert.Equal(2, context.Runs.Count());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_to_one_process_does_not_wait_for_a_reload_that_stops_another()
    {
        await using var daemon = await TestDaemon.StartPlannedAsync(
            new PlanOptions { Timeout = "60" }, [], TimeProvider.System,
            "kept: exec sleep 1000", "old: trap 'echo asked; until [ -e go ]; do sleep 0.05; done; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        await daemon.WaitForLineAsync("old", "up");
        daemon.Save("Procfile", "kept: exec sleep 1000\n");

        var reload = daemon.SendAsync(CommandKind.Reload, null);
        await daemon.WaitForLineAsync("old", "asked");

        Assert.Equal(new CommandOutcome(true, "Restarted kept"), await daemon.SendAsync(CommandKind.Restart, "kept"));
        Assert.False(reload.IsCompleted);
        daemon.Save("go", "");
        Assert.Equal(new CommandOutcome(true, "- old"), await reload);
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_reloads_at_once_are_carried_out_one_after_the_other()
    {
        await using var daemon = await TestDaemon.StartAsync("kept: exec sleep 1000", $"old: {Slow(1)}");
        await daemon.WaitForLineAsync("old", "up");
        daemon.Save("Procfile", "kept: exec sleep 1000\nnew: exec sleep 1000\n");

        var outcomes = await Task.WhenAll(daemon.SendAsync(CommandKind.Reload, null), daemon.SendAsync(CommandKind.Reload, null));

        Assert.Equal(
            ["+ new\n- old", "Nothing has changed"], outcomes.Select(o => o.Message).Order(StringComparer.Ordinal));
        Assert.Equal(["kept", "new"], daemon.Names);
        Assert.Single(daemon.Causes("new"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_second_stop_kills_what_takes_its_time_also_while_the_daemon_ends()
    {
        using var folder = new TestFolder($"slow: {Slow(50)}");
        await using var daemon = await TestDaemon.StartAsync(
            new Configuration.DaemonOptions { Folder = folder.Folder, Detached = true, Plan = new PlanOptions { Timeout = "60" } });
        await daemon.WaitForLineAsync("slow", "up");

        var ending = daemon.StopAsync();
        await daemon.WaitForLineAsync("slow", "late 1");
        await daemon.SendAsync(CommandKind.Stop, "slow");
        await ending.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(137, daemon.Info("slow").Exit?.Code);
    }

    private static int Sleeping(TestDaemon daemon) => TaggedProcess.Of(daemon.Folder).Count;
}
