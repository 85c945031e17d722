using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary><c>run</c>: one-off commands in the project's environment.</summary>
public class RunTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData("run")]
    [InlineData("exec")]
    [InlineData("e")]
    public async Task The_command_gets_its_words_as_they_are_also_those_that_look_like_ours(string verb)
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(
            folder.Folder.Root, verb, "printf", "<%s>", "--help", "--process", "a b", "", "@types/node", "--", "--no-pty", "./x", "-v=1");

        Assert.Equal(new CliResult(0, "<--help><--process><a b><><@types/node><--><--no-pty><./x><-v=1>", ""), result);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_exit_code_is_the_command_s_own_and_so_is_its_end_by_a_signal()
    {
        using var folder = new TestFolder("web: sleep 1000");

        Assert.Equal(7, (await Cli.RunAsync(folder.Folder.Root, "run", "sh", "-c", "exit 7")).ExitCode);
        Assert.Equal(128 + 15, (await Cli.RunAsync(folder.Folder.Root, "run", "--", "sh", "-c", "kill -TERM $$")).ExitCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reader_that_goes_ends_it_in_silence()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync("sh", folder.Folder.Root, ["-c", $"'{Published.Executable}' run yes | head -n 1"]);

        Assert.Equal(new CliResult(0, "y\n", ""), result);
    }

    [Fact(Timeout = Timeout)]
    public async Task It_runs_with_the_environment_files_and_the_first_port()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await WriteAsync(folder, ".env", "GREETING=\"hello there\"\nOVERMIND_PORT=7000\n");

        var result = await Cli.RunAsync(folder.Folder.Root, "run", "sh", "-c", "echo $GREETING on $PORT in $PWD");

        Assert.Equal(new CliResult(0, $"hello there on 7000 in {folder.Folder.Root}\n", ""), result);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_process_s_environment_is_the_one_that_it_runs_in()
    {
        using var folder = new TestFolder("web: env | sort > $PS.env; sleep 1000", "api: env | grep -v '^_=' | sort > api.env; echo done; sleep 1000");
        await WriteAsync(folder, ".env", "GREETING=hello\n");
        await using var server = await Server.StartAsync(folder.Folder, "--base-port", "6000");
        Assert.Equal("done", await server.FirstLineOfAsync("api"));

        var result = await Cli.RunAsync(
            folder.Folder.Root, "run", "--process", "api", "sh", "-c", "env | grep -v '^_=' | sort");

        var own = await File.ReadAllLinesAsync(Path.Combine(folder.Folder.Root, "api.env"), TestContext.Current.CancellationToken);
        Assert.Contains("PORT=6100", own);
        // What the two shells inherit differs in where they were started from.
        string[] started = ["PWD", "OLDPWD", "SHLVL", "NO_UI_LAUNCH"];
        Assert.Equal(Without(own), Without(result.Output.TrimEnd().Split('\n')));

        IEnumerable<string> Without(IEnumerable<string> lines) => lines.Where(l => !started.Contains(l.Split('=')[0])).Order(StringComparer.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_terminal_is_the_command_s_own()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(
            "script", folder.Folder.Root, ["-qec", $"'{Published.Executable}' run sh -c 'test -t 0 && test -t 1 && echo on a terminal'", "/dev/null"]);

        Assert.Equal((0, "on a terminal"), (result.ExitCode, result.Output.Trim()));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(127, "Error: no-such-thing: no such command", "run", "no-such-thing")]
    [InlineData(1, "Error: run requires a command", "run")]
    [InlineData(1, "Error: Unknown process: nope (known: web)", "run", "--process", "nope", "true")]
    [InlineData(1, "Unknown option: --bogus", "run", "--bogus", "true")]
    public async Task What_cannot_be_run_is_reported(int exitCode, string message, params string[] words)
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await Cli.RunAsync(folder.Folder.Root, words);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(message, result.Errors, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Options_that_cannot_be_used_are_refused_and_nothing_runs()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await WriteAsync(folder, ".env", "OVERMIND_PORT=abc\n");

        var result = await Cli.RunAsync(folder.Folder.Root, "run", "echo", "ran");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("Error: OVERMIND_PORT (.env line 1): ", result.Errors, StringComparison.Ordinal);
    }

    private static Task WriteAsync(TestFolder folder, string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, name), text, TestContext.Current.CancellationToken);
}
