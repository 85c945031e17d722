using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Control;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class CommandLineTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("Directory not found: /no/such/folder", "server", "/no/such/folder")]
    [InlineData("Directory not found: /no/such/folder", "/no/such/folder")]
    [InlineData("Procfile not found in current directory")]
    [InlineData("Procfile not found in current directory", "server")]
    [InlineData("Procfile not found in .", ".", "--no-ui")]
    [InlineData("Procfile not found in .", "--no-ui", "--working-dir", ".")]
    [InlineData("--port banana: expected a number from 1 to 65535", "server", "--port", "banana")]
    [InlineData("--port 70000: expected a number from 1 to 65535", "--port", "70000")]
    [InlineData("--columns abc: expected a number from 1 to 1000", "--columns", "abc")]
    [InlineData("--columns 0: expected a number from 1 to 1000", "daemon", "--columns=0")]
    [InlineData("--lines -5: expected a number from 1 to 1000", "server", "--lines=-5")]
    [InlineData("--lines 1001: expected a number from 1 to 1000", "test_proc", "--lines", "1001")]
    [InlineData("Procfile not found in .", "--no-pty", ".")]
    [InlineData("Procfile not found in .", "--overmind", ".")]
    [InlineData("Procfile not found in .", "daemon", ".", "--overmind")]
    [InlineData("Unknown command: dance", "dance")]
    [InlineData("Unknown option: --bogus", "ps", "--bogus")]
    [InlineData("Procfile not found in current directory", "start")]
    [InlineData("Procfile not found: ", "start", "-f", "Procfile.nope")]
    [InlineData("Procfile not found in current directory", "failures")]
    [InlineData("Unknown option: -a", "stop", "-a")]
    [InlineData("Usage: overmind-gui stop <process_name>", "stop")]
    [InlineData("Error: No daemon running", "restart", "web")]
    [InlineData("Error: No daemon running", "ps")]
    [InlineData("Error: No daemon running (PID file not found)", "quit")]
    public async Task What_cannot_be_done_is_said_on_stderr_with_exit_code_1(string message, params string[] arguments)
    {
        using var folder = new TestFolder();

        var result = await Cli.RunAsync(folder.Folder.Root, arguments);

        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Folder.Root));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_Procfile_without_entries_is_refused_with_every_reason()
    {
        using var folder = new TestFolder("# nothing", "nonsense", "bad name: x");

        var result = await Cli.RunAsync(folder.Folder.Root, "server");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Procfile line 2", result.Errors, StringComparison.Ordinal);
        Assert.Contains("Procfile line 3", result.Errors, StringComparison.Ordinal);
        Assert.Contains("no entries found", result.Errors, StringComparison.Ordinal);
        Assert.False(DaemonLock.IsHeld(folder.Folder));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("OVERMIND_GUI_COLUMNS=abc", "OVERMIND_GUI_COLUMNS=abc: expected a number from 1 to 1000")]
    [InlineData("OVERMIND_GUI_LINES=0", "OVERMIND_GUI_LINES=0: expected a number from 1 to 1000")]
    [InlineData("OVERMIND_GUI_NO_PTY=web,nope", "OVERMIND_GUI_NO_PTY: unknown process nope (known: web, api)")]
    [InlineData("OVERMIND_GUI_MODE=foreman", "OVERMIND_GUI_MODE=foreman: expected native or overmind")]
    [InlineData("UNRELATED=1", "--no-pty: unknown process nope (known: web, api)", "--no-pty", "web", "--no-pty", "nope")]
    public async Task A_bad_value_of_a_variable_or_an_unknown_name_is_refused(string variable, string message, params string[] options)
    {
        using var folder = new TestFolder("web: sleep 1000", "api: sleep 1000");

        foreach (var command in new[] { "server", "daemon" })
        {
            var result = await Cli.RunAsync("env", folder.Folder.Root, [variable, Published.Executable, command, .. options]);

            Assert.Contains(message, result.Errors, StringComparison.Ordinal);
            Assert.Equal(1, result.ExitCode);
            Assert.False(DaemonLock.IsHeld(folder.Folder));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_server_hands_its_terminal_options_to_the_daemon_it_starts()
    {
        using var folder = new TestFolder("web: stty size; sleep 1000", "piped: test -t 1 || echo piped; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--columns", "123", "--lines=45", "--no-pty", "piped");

        Assert.Equal("45 123", await server.FirstLineOfAsync("web"));
        Assert.Equal("piped", await server.FirstLineOfAsync("piped"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flag_wins_over_its_variable()
    {
        using var folder = new TestFolder("web: stty size; sleep 1000");

        var started = await Cli.RunAsync(
            "env", folder.Folder.Root,
            ["OVERMIND_GUI_NO_PTY=1", "OVERMIND_GUI_COLUMNS=100", "OVERMIND_GUI_LINES=40", Published.Executable,
                "daemon", "--detach", "--no-pty=false", "--columns", "90"]);
        Assert.Equal((0, ""), (started.ExitCode, started.Errors));
        await using var server = await Server.StartAsync(folder.Folder);

        Assert.Equal("40 90", await server.FirstLineOfAsync("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_already_runs_keeps_its_options_and_that_is_said()
    {
        using var folder = new TestFolder("web: stty size; sleep 1000");
        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "daemon", "--detach")).ExitCode);

        await using var server = await Server.StartAsync(folder.Folder, "--columns", "90");

        await server.WaitForOutputAsync("It keeps the options it was started with: --columns=90 has no effect on it");
        Assert.Equal("50 200", await server.FirstLineOfAsync("web"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_busy_port_is_refused_before_anything_starts()
    {
        using var folder = new TestFolder("web: sleep 1000");
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;

        var result = await Cli.RunAsync(folder.Folder.Root, "server", "--port", $"{port}");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"Error: Port {port} cannot be used", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Folder.PidFile));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        using var folder = new TestFolder("web: sleep 1000");
        File.SetUnixFileMode(folder.Folder.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            // Root may write anywhere, so root tries as another user.
            var result = Environment.IsPrivilegedProcess
                ? await Cli.RunAsync("setpriv", Path.GetTempPath(),
                    ["--reuid=65534", "--regid=65534", "--clear-groups", Published.Executable, "server", folder.Folder.Root])
                : await Cli.RunAsync(folder.Folder.Root, "server");

            Assert.Equal(1, result.ExitCode);
            Assert.Contains($"Cannot write to {folder.Folder.Root}", result.Errors, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(folder.Folder.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_commands_answer_with_the_words_that_scripts_know()
    {
        using var folder = new TestFolder("web: sleep 1000", "worker: exit 3");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.WaitForAsync("worker", p => p.Exit is { Code: 3 });
        var (root, daemon) = (folder.Folder.Root, server.Snapshot().DaemonPid);

        var status = await Cli.RunAsync(root, "status");
        Assert.Equal(0, status.ExitCode);
        Assert.StartsWith($"✓ Native daemon is running (PID {daemon})", status.Output, StringComparison.Ordinal);
        foreach (var fact in new[] { root, folder.Folder.PidFile, folder.Folder.Database }) Assert.Contains(fact, status.Output, StringComparison.Ordinal);

        var ps = (await Cli.RunAsync(root, "ps")).Output.Split('\n');
        Assert.Equal($"Native Daemon (PID {daemon})", ps[0]);
        Assert.Equal("", ps[1]);
        Assert.StartsWith("PROCESS         PID      STATUS", ps[2], StringComparison.Ordinal);
        Assert.StartsWith($"{"web",-15} {server.Pids()["web"],-8} running", ps[4], StringComparison.Ordinal);
        Assert.StartsWith($"{"worker",-15} {"-",-8} dead       3", ps[5], StringComparison.Ordinal);

        Assert.Equal("Stopped web\n", (await Cli.RunAsync(root, "stop", "web")).Output);
        Assert.Equal("Started web\n", (await Cli.RunAsync(root, "start", "web")).Output);
        Assert.Equal("Restarted web\n", (await Cli.RunAsync(Path.GetTempPath(), "restart", "web", "--working-dir", root)).Output);
        var unknown = await Cli.RunAsync(root, "restart", "nope");
        Assert.Equal((1, "Error: Unknown process: nope (known: web, worker)\n"), (unknown.ExitCode, unknown.Errors));

        var second = await Cli.RunAsync(root, "daemon");
        Assert.Equal((1, $"Error: A daemon is already running in {root} (PID {daemon})\n"), (second.ExitCode, second.Errors));

        var quit = await Cli.RunAsync(Path.GetTempPath(), "quit", root);
        Assert.Equal((0, $"Stopping native daemon (PID {daemon})...\n✓ Daemon stopped successfully\n"), (quit.ExitCode, quit.Output));
        Assert.Equal((1, "✗ Native daemon is not running\n"), ((await Cli.RunAsync(root, "status")) is var s ? (s.ExitCode, s.Output) : default));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stale_pid_file_is_cleaned_up_and_its_pid_never_signalled()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await File.WriteAllTextAsync(folder.Folder.PidFile, $"{Environment.ProcessId}\n", TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync(folder.Folder.Root, "quit");

        Assert.Equal((1, "Error: No daemon running (a stale PID file was removed)\n"), (result.ExitCode, result.Errors));
        Assert.False(File.Exists(folder.Folder.PidFile));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_started_in_the_background_lives_on_without_its_starter()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var started = await Cli.RunAsync(folder.Folder.Root, "daemon", "--detach");

        Assert.Equal((0, $"Daemon started (PID {DaemonLock.ReadPid(folder.Folder)})\n"), (started.ExitCode, started.Output));
        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
    }
}
