using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Tests.Support;

namespace OvermindGui.Daemon.Tests;

public class CommandTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_restart_is_a_new_run_with_a_new_pid_and_leaves_the_others_alone()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000", "q: sleep 1000");
        var (before, other) = (daemon.Info("p").Pid, daemon.Info("q").Pid);

        var outcome = await daemon.SendAsync(CommandKind.Restart, "p");

        Assert.Equal(new CommandOutcome(true, "Restarted p"), outcome);
        Assert.Equal(ProcessState.Running, daemon.Info("p").State);
        Assert.NotEqual(before, daemon.Info("p").Pid);
        Assert.Equal(other, daemon.Info("q").Pid);
        using var context = daemon.Database.CreateDbContext();
        Assert.Equal(["daemon start", "restart"], context.Runs.Where(r => r.ProcessId == 1).OrderBy(r => r.Id).Select(r => r.Cause));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_start_of_a_running_process_leaves_it_running_and_says_so()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000");
        var pid = daemon.Info("p").Pid;

        var outcome = await daemon.SendAsync(CommandKind.Start, "p");

        Assert.Equal(new CommandOutcome(true, $"p is already running (PID {pid})"), outcome);
        Assert.Equal(pid, daemon.Info("p").Pid);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stopped_process_starts_again_and_keeps_its_output()
    {
        await using var daemon = await TestDaemon.StartAsync("p: echo hello; sleep 1000");
        await daemon.WaitForLineAsync("p", "hello");
        await daemon.SendAsync(CommandKind.Stop, "p");

        Assert.Equal(new CommandOutcome(true, "Started p"), await daemon.SendAsync(CommandKind.Start, "p"));

        await daemon.WaitForAsync("p", _ => daemon.Output("p").Count(l => l.Text == "hello") == 2);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_without_a_name_is_for_all_processes()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000", "q: sleep 1000");

        var outcome = await daemon.SendAsync(CommandKind.Stop, null);

        Assert.Equal(new CommandOutcome(true, "Stopped p\nStopped q"), outcome);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_unknown_process_is_refused_with_the_known_ones()
    {
        await using var daemon = await TestDaemon.StartAsync("web: sleep 1000", "api: sleep 1000");

        Assert.Equal(
            new CommandOutcome(false, "Unknown process: nope (known: web, api)"), await daemon.SendAsync(CommandKind.Stop, "nope"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Commands_to_one_process_are_carried_out_in_order()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000");

        var all = new[] { CommandKind.Stop, CommandKind.Start, CommandKind.Restart, CommandKind.Stop, CommandKind.Start, CommandKind.Kill };
        foreach (var kind in all) Insert(daemon, kind.ToText(), "p");

        await daemon.UntilAsync(() => Outcome(daemon, "kill") is not null);
        using var context = daemon.Database.CreateDbContext();
        Assert.Equal(
            ["Stopped p", "Started p", "Restarted p", "Stopped p", "Started p", "Killed p"],
            context.Commands.OrderBy(c => c.Id).Select(c => c.Outcome));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_row_that_a_script_inserts_is_carried_out()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000");

        Insert(daemon, "stop", "p");
        Insert(daemon, "dance", "p");

        await daemon.WaitForAsync("p", p => p.State == ProcessState.Stopped);
        await daemon.WaitForAsync("p", _ => Outcome(daemon, "dance") is not null);
        Assert.Equal($"Unknown command: dance (known: {string.Join(", ", CommandKinds.All)})", Outcome(daemon, "dance"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_asked_is_stored_with_the_run()
    {
        await using var daemon = await TestDaemon.StartAsync("p: sleep 1000");

        using (var connection = daemon.Database.OpenConnection())
        {
            connection.Execute(
                null, "INSERT INTO daemon_commands(command, process_name, timestamp, requested_by) VALUES ('restart', 'p', 1.5, 'cli:alice')");
        }

        await daemon.WaitForAsync("p", _ => Outcome(daemon, "restart") is not null);
        Insert(daemon, "stop", "p");
        Insert(daemon, "start", "p");
        await daemon.WaitForAsync("p", _ => Outcome(daemon, "start") is not null);
        using var context = daemon.Database.CreateDbContext();
        Assert.Equal(["daemon", "cli:alice", "script"], context.Runs.OrderBy(r => r.Id).Select(r => r.StartedBy));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_that_waited_while_no_daemon_ran_is_not_carried_out()
    {
        using var folder = new TestFolder("p: sleep 1000");
        await using (var first = await TestDaemon.StartAsync(folder.Folder))
        {
            await first.StopAsync();
            Insert(first, "stop", "p");
        }

        await using var second = await TestDaemon.StartAsync(folder.Folder);

        Assert.Equal(ProcessState.Running, second.Info("p").State);
        Assert.Equal("Not carried out: no daemon was running", Outcome(second, "stop"));
    }

    private static void Insert(TestDaemon daemon, string command, string process)
    {
        using var connection = daemon.Database.OpenConnection();
        connection.Execute(
            null, "INSERT INTO daemon_commands(command, process_name, timestamp) VALUES ($1, $2, 1.5)", command, process);
    }

    private static string? Outcome(TestDaemon daemon, string command)
    {
        using var context = daemon.Database.CreateDbContext();
        return context.Commands.AsNoTracking().Single(c => c.Command == command).Outcome;
    }
}
