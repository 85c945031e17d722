using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary><c>check</c>: what is wrong, or will surprise, before anything runs.</summary>
public class CheckTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_project_without_fault_passes()
    {
        using var folder = new TestFolder("web: sleep 1", "api: sleep 1");

        var result = await Cli.RunAsync(folder.Folder.Root, "check", "--no-port");

        Assert.Equal(new CliResult(0, "Nothing is wrong: 2 processes can start\n", ""), result);
        Assert.Equal([folder.Folder.Procfile], Directory.GetFileSystemEntries(folder.Folder.Root));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_works_here_but_not_under_overmind_is_a_hint_and_no_fault()
    {
        using var folder = new TestFolder("web: sleep 1", "  api: sleep 1");

        var result = await Cli.RunAsync(folder.Folder.Root, "check", "--no-port");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("hint    Procfile line 2: \"api\" runs here, but ", result.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("warning Procfile line 2: expected \"name: command\"", "nonsense")]
    [InlineData("warning Procfile line 2: \"web\" is already defined on line 1", "web: sleep 2")]
    [InlineData("warning Procfile line 2: \"api\" runs no-such-thing, which is not on its PATH", "api: no-such-thing")]
    [InlineData("warning Procfile line 2: \"api\" has PORT 5900 like \"web\" on line 1", "api: sleep 1", "--base-port=5900", "--port-step=0")]
    [InlineData("error   --base-port: \"abc\" is refused", "api: sleep 1", "--base-port", "abc")]
    [InlineData("warning --processes: no entry \"nope\" in Procfile", "api: sleep 1", "--processes", "web,nope")]
    [InlineData("warning Procfile line 1: \"web\" runs in /no/such/folder, and there is no such folder", "", "--root", "/no/such/folder")]
    [InlineData("error   nope: there is no file", "", "--procfile", "nope")]
    public async Task A_fault_is_reported_with_its_place_and_exit_code_1(string message, string line, params string[] options)
    {
        using var folder = new TestFolder("web: sleep 1", line);

        var result = await Cli.RunAsync(folder.Folder.Root, ["check", .. options.Length > 0 ? options : ["--no-port"]]);

        Assert.Equal((1, ""), (result.ExitCode, result.Errors));
        Assert.Contains(result.Output.Split('\n'), l => l.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(".env", "GOOD=1\nbad line\n", "warning .env line 2: expected \"NAME=value\"")]
    [InlineData(".env", "OVERMIND_TIMEOUT=abc\n", "error   OVERMIND_TIMEOUT (.env line 1): \"abc\" is refused")]
    [InlineData("failure_declarations.json", "{\"web\": [1]}", "warning failure_declarations.json line 1: ")]
    [InlineData("failure_declarations.json", "{\"nope\": [\"x\"]}", "warning failure_declarations.json: there is no process \"nope\"")]
    public async Task Faults_of_other_files_are_reported_too(string file, string text, string message)
    {
        using var folder = new TestFolder("web: sleep 1");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, file), text, TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync(folder.Folder.Root, "check", "--no-port");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(message, result.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_port_that_is_taken_is_reported_with_who_has_it()
    {
        using var folder = new TestFolder("web: sleep 1");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var result = await Cli.RunAsync(folder.Folder.Root, "check", "--base-port", $"{port}");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith($"warning Procfile line 1: port {port} of \"web\" is taken by ", result.Output, StringComparison.Ordinal);
        Assert.Contains($"(PID {Environment.ProcessId})", result.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Findings_come_by_line_and_as_JSON_on_demand()
    {
        using var folder = new TestFolder("  web: no-such-thing", "nonsense", "api: no-such-thing");

        var result = await Cli.RunAsync(folder.Folder.Root, "check", "--no-port", "--json");

        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(
            [("warning", 1), ("hint", 1), ("warning", 2), ("warning", 3)],
            json.RootElement.EnumerateArray().Select(f => (f.GetProperty("severity").GetString(), f.GetProperty("line").GetInt32())));
        Assert.All(json.RootElement.EnumerateArray(), f => Assert.Equal("Procfile", f.GetProperty("file").GetString()));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_runs_is_a_hint_and_its_own_ports_are_not_taken()
    {
        var port = Ports.Next();
        using var folder = new TestFolder("web: exec python3 -u -m http.server --bind 127.0.0.1 $PORT");
        await using var server = await Server.StartAsync(folder.Folder, "--base-port", $"{port}");
        Assert.Contains($"{port}", await server.FirstLineOfAsync("web"), StringComparison.Ordinal);

        var result = await Cli.RunAsync(folder.Folder.Root, "check", "--base-port", $"{port}");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("hint    daemon: one is already running here (PID ", result.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Files_that_may_not_be_written_are_reported()
    {
        using var folder = new TestFolder("web: sleep 1");
        await File.WriteAllTextAsync(folder.Folder.DaemonLog, "", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(folder.Folder.DaemonLog, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.SetUnixFileMode(folder.Folder.Root, (UnixFileMode)0b111_111_111);

        // Root may write anywhere, so root asks as another user.
        var result = Environment.IsPrivilegedProcess
            ? await Cli.RunAsync("setpriv", Path.GetTempPath(),
                ["--reuid=65534", "--regid=65534", "--clear-groups", Published.Executable, "check", folder.Folder.Root, "--no-port"])
            : await Cli.RunAsync(folder.Folder.Root, "check", "--no-port");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("error   native-daemon.log: the daemon has to write it", result.Output, StringComparison.Ordinal);
    }
}
