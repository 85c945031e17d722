using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Overmind's words for what is done to processes.</summary>
public class VerbTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("Stopped web\n", "stop", "web")]
    [InlineData("Stopped web\n", "interrupt", "web")]
    [InlineData("Stopped web\n", "i", "web")]
    [InlineData("Stopped web\nStopped worker1\nStopped worker2\n", "i")]
    [InlineData("Stopped web\nStopped worker1\nStopped worker2\n", "interrupt")]
    [InlineData("Stopped web\nStopped worker1\nStopped worker2\n", "stop", "*")]
    [InlineData("Stopped worker1\nStopped worker2\n", "stop", "worker*")]
    [InlineData("Stopped web\nStopped worker2\n", "stop", "worker2", "web")]
    [InlineData("Restarted web\n", "r", "web")]
    [InlineData("Restarted web\nRestarted worker1\nRestarted worker2\n", "r")]
    [InlineData("Killed worker1\nKilled worker2\n", "kill", "worker*")]
    [InlineData("Killed web\nKilled worker1\nKilled worker2\n", "k")]
    public async Task A_verb_acts_on_all_that_are_named_and_answers_when_it_is_done(string answer, params string[] words)
    {
        using var folder = new TestFolder("web: sleep 1000", "worker1: sleep 1000", "worker2: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        Assert.Equal(new CliResult(0, answer, ""), await Cli.RunAsync(folder.Folder.Root, words));
    }

    [Fact(Timeout = Timeout)]
    public async Task All_unknown_names_are_reported_and_nothing_is_done()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var before = DetachedDaemon.Pids(folder.Folder).ToList();

        var result = await Cli.RunAsync(folder.Folder.Root, "restart", "web", "nope", "n*");

        Assert.Equal(new CliResult(1, "", "Error: Unknown process: nope, n* (known: web)\n"), result);
        Assert.Equal(before, DetachedDaemon.Pids(folder.Folder));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_words_of_the_original_ask_for_a_name_and_tell_how_to_say_all()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, "stop");

        Assert.Equal(
            "Error: stop requires a process name\nUsage: overmind-gui stop <process_name>\nFor all processes: overmind-gui stop '*'\n",
            result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stubborn_process_is_ended_after_the_time_that_the_flags_give_it()
    {
        using var folder = new TestFolder("web: trap '' TERM; sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder, "--timeout", "0.2");

        Assert.Equal("Stopped web\n", (await Cli.RunAsync(folder.Folder.Root, "stop", "web")).Output);
        Assert.Equal("✓ Daemon stopped successfully", (await Cli.RunAsync(folder.Folder.Root, "q")).Output.Trim().Split('\n')[^1]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Scaling_starts_and_stops_instances_and_a_bad_number_is_refused()
    {
        using var folder = new TestFolder("web: sleep 1000", "worker: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var root = folder.Folder.Root;

        Assert.Equal(new CliResult(0, "Scaled web to 3\nScaled worker to 0\n", ""), await Cli.RunAsync(root, "scale", "web=3", "worker=0"));
        var ps = (await Cli.RunAsync(root, "ps")).Output;
        Assert.Contains("web#3", ps, StringComparison.Ordinal);
        Assert.Matches("(?m)^worker +- +stopped", ps);

        var refused = await Cli.RunAsync(root, "scale", "web=99");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("Error: \"web=99\": expected a number of instances", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await Cli.RunAsync(root, "scale")).ExitCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reload_is_reported_beforehand_and_then_done()
    {
        using var folder = new TestFolder("web: sleep 1000", "worker: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var root = folder.Folder.Root;
        await File.WriteAllLinesAsync(folder.Folder.Procfile, ["api: sleep 1000", "web: sleep 2000"], TestContext.Current.CancellationToken);
        const string Difference = "+ api\n- worker\n~ web: command, port 5000 → 5100\n";

        Assert.Equal(new CliResult(0, Difference, ""), await Cli.RunAsync(root, "reload", "--dry-run"));
        Assert.DoesNotContain("api", (await Cli.RunAsync(root, "ps")).Output, StringComparison.Ordinal);
        Assert.Equal(new CliResult(0, Difference, ""), await Cli.RunAsync(root, "reload"));
        Assert.Contains("api", (await Cli.RunAsync(root, "ps")).Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(folder.Folder.Procfile, "nonsense\n", TestContext.Current.CancellationToken);
        var refused = await Cli.RunAsync(root, "reload");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("Error: Procfile line 1: ", refused.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_list_shows_ports_and_says_why_and_what_comes_next()
    {
        using var folder = new TestFolder("web: sleep 1000", "worker: exit 1");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder, "--auto-restart", "worker", "--processes", "worker");
        var reader = new SystemReader(Core.Storage.OvermindDatabase.In(folder.Folder));
        await Eventually.TrueAsync(() => reader.Read().Processes.Any(p => p is { State: ProcessState.CrashLoop, RestartAt: not null }));

        var ps = (await Cli.RunAsync(folder.Folder.Root, "ps")).Output.Split('\n');

        Assert.Equal("PROCESS         PID      STATUS     EXIT     UPTIME     PORT", ps[2]);
        Assert.Equal("web             -        stopped    -        -          5000  left out by --processes", ps[4]);
        Assert.Matches(@"^worker +- +crash loop 1 +- +5100  restart.*, exited with( code)? 1", ps[5]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Echo_prints_what_all_processes_print()
    {
        using var folder = new TestFolder("web: echo hello; sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await using var echo = new FollowedLogs(folder.Folder, ["echo"], []);

        await echo.UntilAsync("web    | hello");
    }

    [Theory(Timeout = Timeout)]
    [InlineData("exit 7")]
    [InlineData("sleep 2; exit 7")]
    public async Task A_server_ends_with_the_code_of_the_process_that_ended_its_daemon(string command)
    {
        using var folder = new TestFolder("web: sleep 1000", $"job: {command}");

        var result = await Cli.RunAsync(folder.Folder.Root, "s", "--exit-with-any", "--no-ui");

        Assert.Equal(7, result.ExitCode);
        Assert.Contains("Everything was stopped: job exited with code 7", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = Timeout)]
    public async Task Ps_and_status_say_why_a_daemon_in_the_background_ended_by_itself()
    {
        using var folder = new TestFolder("web: sleep 1000", "job: exit 7");
        var root = folder.Folder.Root;
        Assert.Equal(0, (await Cli.RunAsync(root, "daemon", "--detach", "--exit-with-any")).ExitCode);
        await Eventually.TrueAsync(() => !DaemonLock.IsHeld(folder.Folder));

        var (status, ps) = (await Cli.RunAsync(root, "status"), await Cli.RunAsync(root, "ps"));

        const string Why = @"The last one ended by itself at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: job exited with code 7, and the end of one ends all \(exit code 7\)";
        Assert.Equal((1, 1), (status.ExitCode, ps.ExitCode));
        Assert.Matches($"^✗ Native daemon is not running\n  {Why}\n$", status.Output);
        Assert.Matches($"^Error: No daemon running in {root}\n{Why}\n$", ps.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Ps_and_status_say_that_the_last_daemon_was_killed()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var root = folder.Folder.Root;
        await using (await DetachedDaemon.StartAsync(folder.Folder))
        {
            var (daemon, web) = (DaemonLock.ReadPid(folder.Folder)!.Value, Assert.Single(DetachedDaemon.Pids(folder.Folder))!.Value);
            _ = Server.SendSignal(daemon, Server.Kill);
            await Server.WaitForDeathAsync([daemon]);
            _ = Server.SendSignal(-web, Server.Kill);
        }

        Assert.EndsWith("\n  The last one was killed, or the machine went down under it\n", (await Cli.RunAsync(root, "status")).Output, StringComparison.Ordinal);
        Assert.EndsWith("\nThe last one was killed, or the machine went down under it\n", (await Cli.RunAsync(root, "ps")).Errors, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("OVERMIND_COLORS=130,42", "\e[1;38;5;130mweb\e[0m | hello")]
    [InlineData("OVERMIND_SHOW_TIMESTAMPS=1", "hello")]
    public async Task Logs_look_as_the_environment_files_say(string setting, string end)
    {
        using var folder = new TestFolder("web: echo hello");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, ".overmind.env"), setting, TestContext.Current.CancellationToken);
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        await daemon.WaitForProcessesAsync();

        var line = (await Cli.RunAsync(folder.Folder.Root, "logs", "web", "--grep", "hello", "--color")).Output.TrimEnd();

        Assert.EndsWith(end, line, StringComparison.Ordinal);
        Assert.Equal(setting.Contains("TIMESTAMPS", StringComparison.Ordinal), line.Contains(':', StringComparison.Ordinal));
    }
}
