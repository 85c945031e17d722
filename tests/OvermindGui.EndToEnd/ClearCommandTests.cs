using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Clearing output by the command line, without a daemon.</summary>
public class ClearCommandTests
{
    [Fact(Timeout = 120_000)]
    public async Task Output_is_cleared_and_comes_back_when_that_is_undone()
    {
        using var log = new StoredLog("web: sleep 1000");
        log.Append("web", "one");
        log.Append("api", "two");

        Assert.StartsWith("Output of web cleared; \"overmind-gui clear --undo\"", await RunAsync("clear", "web"), StringComparison.Ordinal);
        Assert.Equal("api | two\n", await RunAsync("logs"));
        Assert.Equal("Output of web: nothing to clear\n", await RunAsync("clear", "web"));
        Assert.Equal("Output is back: web\n", await RunAsync("clear", "--undo"));
        Assert.Equal("web | one\napi | two\n", await RunAsync("logs"));

        var wrong = await Cli.RunAsync(log.Folder.Root, "clear", "wob");
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Contains("Unknown process: wob", wrong.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await Cli.RunAsync(log.Folder.Root, "clear", "--undo")).ExitCode);

        async Task<string> RunAsync(params string[] arguments)
        {
            var result = await Cli.RunAsync(log.Folder.Root, arguments);
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            return result.Output;
        }
    }
}
