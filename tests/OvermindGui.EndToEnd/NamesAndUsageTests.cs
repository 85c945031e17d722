using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What stands where: usage on stderr, names behind <c>--</c>, the column of names, tabs.</summary>
public class NamesAndUsageTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("--since some day: expected", "logs", "--since", "some day", "--json")]
    [InlineData("--until soon: expected", "logs", "--until", "soon", "--since", "yesterday")]
    [InlineData("'x'", "runs", "--lines", "x")]
    [InlineData("--lines x: expected", "logs", "-n", "x")]
    [InlineData("--port x: expected", "server", "--port", "x")]
    [InlineData("--keep-crashes soon: expected days", "prune", "--dry-run", "--keep-crashes", "soon")]
    [InlineData("--session and --since contradict", "logs", "--session", "current", "--since", "1h")]
    [InlineData("--save: expected together with --query", "views", "--save", "x")]
    [InlineData("--json: expected together with --dry-run", "prune", "--json")]
    [InlineData("Unknown option: --bogus", "start", "--bogus")]
    public async Task A_bad_value_is_reported_with_the_usage_on_stderr_and_nothing_is_printed(string message, params string[] arguments)
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, arguments);

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Contains("Usage:", result.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Help_that_was_asked_for_is_output()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, "start", "--help");

        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
        Assert.Contains("Usage:", result.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^  <process_name> +Names", result.Output); // not what completion offers
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_whose_name_looks_like_an_option_is_addressed_behind_dashes()
    {
        using var folder = new TestFolder("-a: echo one; sleep 1000", "web: echo two; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        Assert.Equal("one", await server.FirstLineOfAsync("-a"));

        Assert.Equal(new CliResult(0, "Stopped -a\n", ""), await Cli.RunAsync(folder.Folder.Root, "stop", "--", "-a"));
        Assert.Equal(new CliResult(0, "Started -a\n", ""), await Cli.RunAsync(folder.Folder.Root, "start", "--", "-a"));
        CliResult? logs = null;
        await Eventually.TrueAsync(async () => (logs = await Cli.RunAsync(folder.Folder.Root, "logs", "--grep", "one", "--", "-a")).Output.Split("one").Length > 2);
        Assert.Equal(new CliResult(0, "-a | one\n-a | one\n", ""), logs);
        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "failures", "add", "--", "-a", "-boom")).ExitCode);
        Assert.Contains("Unknown option: -a", (await Cli.RunAsync(folder.Folder.Root, "stop", "-a", "--", "web")).Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_column_of_names_is_as_wide_as_the_longest_that_is_printed_and_tabs_are_as_they_were()
    {
        using var folder = new TestFolder("web: printf 'id\\tname\\n'; sleep 1000", "a-process-with-a-long-name: echo hello; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--no-pty");
        Assert.Equal("id\tname", await server.FirstLineOfAsync("web"));
        Assert.Equal("hello", await server.FirstLineOfAsync("a-process-with-a-long-name"));

        Assert.Equal(new CliResult(0, "web | id\tname\n", ""), await Cli.RunAsync(folder.Folder.Root, "logs", "--grep", "\\t"));
        Assert.Equal(
            new CliResult(0, "a-process-with-a-long-name | hello\n", ""), await Cli.RunAsync(folder.Folder.Root, "logs", "--grep", "^hello"));
        Assert.Contains("\"text\":\"id\\tname\"", (await Cli.RunAsync(folder.Folder.Root, "logs", "web", "--json")).Output, StringComparison.Ordinal);
        var onTerminal = await Cli.RunAsync(
            "script", folder.Folder.Root, ["-qec", $"{Published.Executable} logs web --no-color --grep id", "/dev/null"]);
        Assert.Equal("web | id      name\r\n", onTerminal.Output);
    }
}
