using System.Diagnostics;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary><c>connect</c>: a person at a process.</summary>
public class ConnectTests
{
    private const int Timeout = 60_000;

    [Fact(Timeout = Timeout)]
    public async Task What_is_typed_reaches_the_process_and_its_answers_are_printed_until_the_input_ends()
    {
        using var folder = new TestFolder("console: while true; do printf 'name? '; read -r name || exit; echo \"hello $name\"; done", "web: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);
        var start = Cli.StartInfo(Published.Executable, folder.Folder.Root, ["connect", "console"]);
        start.RedirectStandardInput = true;
        using var connection = Process.Start(start)!;
        try
        {
            await ReadUntilAsync(connection.StandardOutput, "name? ");
            await connection.StandardInput.WriteLineAsync("Ada");
            await ReadUntilAsync(connection.StandardOutput, "hello Ada");

            connection.StandardInput.Close();
            await connection.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, connection.ExitCode);
            Assert.StartsWith("Connected to console: ", await connection.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            if (!connection.HasExited) connection.Kill();
        }

        Assert.Contains("console", (await Cli.RunAsync(folder.Folder.Root, "ps")).Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task On_a_terminal_the_screen_is_shown_keys_arrive_as_typed_and_the_detach_keys_leave_the_process_running()
    {
        using var folder = new TestFolder("""p: bash -c 'echo before; stty size; while IFS= read -rsn1 key; do printf "key %q\n" "$key"; done'""");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var result = await Typist.RunAsync(
            folder, "100x30", """[{"see":"before"},{"type":"q"},{"see":"key q"},{"type":"\u0001"},{"see":"key $'\\001'"},{"type":"\u0010\u0011"},{"end":true}]""", "connect", "p");

        Assert.Equal((0, true, null), (result.Status, result.Restored, result.Problem));
        Assert.Contains("Attached to p: ctrl-p,ctrl-q detaches", result.Shown, StringComparison.Ordinal);
        Assert.EndsWith("Detached from p; it goes on\r\n", result.Shown, StringComparison.Ordinal);
        Assert.Contains("running", (await Cli.RunAsync(folder.Folder.Root, "ps")).Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("""[{"see":"full screen?"},{"signal":15},{"end":true}]""", 0, "Detached from p; it goes on")]
    [InlineData("""[{"see":"full screen?"},{"signal":1},{"end":true}]""", 0, "Detached from p; it goes on")]
    [InlineData("""[{"see":"full screen?"},{"type":"x\r"},{"end":true}]""", 0, "p exited with code 3")]
    [InlineData("""[{"see":"full screen?"},{"type":"aé"},{"see":"aé"},{"type":"\u0001"},{"end":true}]""", 0, "Detached from p; it goes on", "--detach-keys", "ctrl+a")]
    [InlineData("""[{"see":"full screen?"},{"type":"x\r\u0003"},{"end":true}]""", 0, "Detached from p; it goes on", "--read-only")]
    public async Task Whatever_ends_it_the_terminal_is_as_before(string steps, int status, string message, params string[] options)
    {
        using var folder = new TestFolder("p: printf '\\033[?1049hfull screen?'; read -r line; exit 3");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var result = await Typist.RunAsync(folder, "80x24", steps, ["connect", "p", .. options]);

        Assert.Equal((status, true, null), (result.Status, result.Restored, result.Problem));
        Assert.EndsWith($"{message}\r\n", result.Shown, StringComparison.Ordinal);
        Assert.Contains("\e[?1049l", result.Shown[result.Shown.IndexOf("full screen?", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_over_pipes_is_typed_to_line_by_line()
    {
        using var folder = new TestFolder("p: while read -r line; do echo \"got $line\"; done");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder, "--no-pty");

        var result = await Typist.RunAsync(
            folder, "80x24", """[{"see":"line by line"},{"type":"hello\r"},{"see":"got hello"},{"type":"\u0004"},{"end":true}]""", "connect", "p");

        Assert.Equal((0, true, null), (result.Status, result.Restored, result.Problem));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("Error: connect requires a process name (known: api, web)\nUsage: overmind-gui connect <process_name>\n")]
    [InlineData("Error: Unknown process: nobody (known: api, web)\nUsage: overmind-gui connect <process_name>\n", "nobody")]
    [InlineData("Error: * means several processes (known: api, web)\nUsage: overmind-gui connect <process_name>\n", "*")]
    public async Task One_process_must_be_meant(string message, params string[] names)
    {
        using var folder = new TestFolder("api: sleep 1000", "web: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var result = await Cli.RunAsync(folder.Folder.Root, ["connect", .. names]);

        Assert.Equal((1, message), (result.ExitCode, result.Errors));
    }

    private static async Task ReadUntilAsync(StreamReader output, string end)
    {
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.EndsWith(end.TrimEnd(), StringComparison.Ordinal) || line.EndsWith(end, StringComparison.Ordinal)) return;
        Assert.Fail($"The output ended before \"{end}\"");
    }
}
