using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class OvermindModeTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task The_commands_name_the_mode_and_act_on_processes_of_overmind()
    {
        using var folder = new TestFolder("web: sleep 1000", "worker: exit 3");
        await using var server = await Server.StartAsync(folder.Folder, "--overmind");
        var (root, daemon) = (folder.Folder.Root, server.Snapshot().DaemonPid);

        var status = await Cli.RunAsync(root, "status");
        Assert.Equal(0, status.ExitCode);
        Assert.StartsWith($"✓ Overmind daemon is running (PID {daemon})\n", status.Output, StringComparison.Ordinal);
        Assert.Contains(folder.Folder.PidFile, status.Output, StringComparison.Ordinal);

        Assert.Equal("Restarted worker\n", (await Cli.RunAsync(root, "restart", "worker")).Output);
        await server.WaitForAsync("worker", p => p.Exit is { Code: 3 });
        var ps = (await Cli.RunAsync(root, "ps")).Output.Split('\n');
        Assert.Equal($"Overmind Daemon (PID {daemon})", ps[0]);
        Assert.Equal("", ps[1]);
        Assert.StartsWith("PROCESS         PID      STATUS", ps[2], StringComparison.Ordinal);
        Assert.StartsWith($"{"web",-15} {server.Pids()["web"],-8} running", ps[4], StringComparison.Ordinal);
        Assert.StartsWith($"{"worker",-15} {"-",-8} dead       3", ps[5], StringComparison.Ordinal);

        Assert.Equal("Stopped web\n", (await Cli.RunAsync(root, "stop", "web")).Output);
        Assert.Equal("Started web\n", (await Cli.RunAsync(root, "start", "web")).Output);
        var unknown = await Cli.RunAsync(root, "restart", "nope");
        Assert.Equal((1, "Error: Unknown process: nope (known: web, worker)\n"), (unknown.ExitCode, unknown.Errors));

        var quit = await Cli.RunAsync(root, "quit");
        Assert.Equal((0, $"Stopping overmind daemon (PID {daemon})...\n✓ Daemon stopped successfully\n"), (quit.ExitCode, quit.Output));
        Assert.Equal("✗ Overmind daemon is not running\n", (await Cli.RunAsync(root, "status")).Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task Connect_is_overmind_s_own()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--overmind");

        var result = await Cli.RunAsync(Path.GetTempPath(), "connect", "web", "--working-dir", folder.Folder.Root);

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Matches($"^connected by --socket .* web in {folder.Folder.Root}\n$", result.Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task Ctrl_C_ends_processes_overmind_daemon_and_dashboard()
    {
        using var folder = new TestFolder("web: sleep 1000 & sleep 1000", "deaf: trap '' INT TERM; while :; do sleep 1; done");
        await using var server = await Server.StartAsync(folder.Folder, "--overmind");
        var pids = server.Pids().Values.Append(server.Snapshot().DaemonPid).Append(OvermindPid.Of(folder.Folder)).ToList();

        server.Signal(Server.Interrupt);
        await server.WaitForExitAsync();

        Assert.Equal(0, server.ExitCode);
        await Server.WaitForDeathAsync(pids);
        Assert.False(File.Exists(folder.Folder.PidFile));
        Assert.False(File.Exists(Path.Combine(folder.Folder.Root, ".overmind.sock")));
        Assert.Contains("All processes and the daemon have ended", server.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_is_killed_leaves_no_process_and_the_next_one_starts()
    {
        using var folder = new TestFolder("web: sleep 1000", "api: sleep 1000");
        await using (await DetachedDaemon.StartAsync(folder.Folder, "--overmind"))
        {
            var pids = DetachedDaemon.Pids(folder.Folder).Append(OvermindPid.Of(folder.Folder)).ToList();

            _ = Server.SendSignal(DaemonLock.ReadPid(folder.Folder)!.Value, Server.Kill);

            try
            {
                await Server.WaitForDeathAsync(pids);
            }
            catch
            {
                foreach (var pid in pids) _ = Server.SendSignal(-pid!.Value, Server.Kill); // each leads a group
                throw;
            }
        }

        await using var next = await DetachedDaemon.StartAsync(folder.Folder, "--overmind");
        Assert.StartsWith("✓ Overmind daemon", (await Cli.RunAsync(folder.Folder.Root, "status")).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_missing_program_is_named_and_nothing_is_started()
    {
        using var folder = new TestFolder("web: sleep 1000");

        foreach (var command in new[] { "server", "daemon" })
        {
            var result = await Cli.RunAsync("env", folder.Folder.Root, ["PATH=/nonexistent", Published.Executable, command, "--overmind"]);

            Assert.StartsWith("Error: Overmind mode needs overmind and tmux, which are not on the PATH\n", result.Errors, StringComparison.Ordinal);
            Assert.Equal(1, result.ExitCode);
            Assert.Equal([folder.Folder.Procfile], Directory.GetFileSystemEntries(folder.Folder.Root));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task An_overmind_that_runs_already_is_refused_by_the_server_too()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder, "--overmind");
        using var other = new TestFolder("web: sleep 1000");
        File.CreateSymbolicLink(Path.Combine(other.Folder.Root, ".overmind.sock"), Path.Combine(folder.Folder.Root, ".overmind.sock"));

        var result = await Cli.RunAsync(other.Folder.Root, "server", "--overmind");

        Assert.StartsWith("Error: An overmind that is not ours already runs", result.Errors, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.False(DaemonLock.IsHeld(other.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_mode_may_come_from_a_variable_and_the_flag_wins_over_it()
    {
        using var folder = new TestFolder("web: sleep 1000");

        foreach (var (flag, mode) in new[] { ("--no-ui", "Overmind"), ("--overmind=false", "Native") })
        {
            var started = await Cli.RunAsync(
                "env", folder.Folder.Root,
                ["OVERMIND_GUI_MODE=overmind", Published.Executable, "daemon", "--detach", .. flag == "--no-ui" ? Array.Empty<string>() : [flag]]);
            Assert.Equal((0, ""), (started.ExitCode, started.Errors));
            Assert.StartsWith($"✓ {mode} daemon", (await Cli.RunAsync(folder.Folder.Root, "status")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Pipes_are_said_to_have_no_effect_but_the_size_of_the_terminals_has()
    {
        using var folder = new TestFolder("web: sleep 1000", "long-name: sleep 1000");

        await using var server = await Server.StartAsync(folder.Folder, "--overmind", "--columns", "90", "--lines", "30", "--no-pty");

        await server.WaitForOutputAsync("--no-pty has no effect in overmind mode: tmux gives every process a terminal");
        Assert.Equal("90 30", (await File.ReadAllTextAsync(
            Path.Combine(folder.Folder.Root, "stand-in.window"), TestContext.Current.CancellationToken)).Trim());
    }
}
