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
