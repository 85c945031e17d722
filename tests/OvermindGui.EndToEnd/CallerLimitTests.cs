using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What the caller's shell allowed and left open, and what the processes get of it.</summary>
public sealed class CallerLimitTests
{
    private const int Timeout = 60_000;
    private const string Look = "sleep 1000 & ls /proc/$!/fd >look; echo limit $(ulimit -S -n), open $(cat look); wait";

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("--no-pty")]
    public async Task Processes_get_the_soft_limit_of_the_shell_and_no_descriptor_but_the_first_three(string option)
    {
        using var folder = new TestFolder($"web: {Look}");
        // "true" keeps the shell from becoming the program itself.
        await ShellAsync(folder, $"ulimit -S -n 777; exec 251</dev/null 9>lock; {Published.Executable} daemon --detach {option}; true");
        await using var daemon = DetachedDaemon.Of(folder.Folder);

        var output = "";
        await Eventually.TrueAsync(async () =>
            (output = (await Cli.RunAsync(folder.Folder.Root, "logs", "web")).Output).Contains("limit ", StringComparison.Ordinal));
        Assert.Matches("limit 777, open 0 1 2\n", output);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_does_not_keep_what_its_caller_has_open()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await ShellAsync(folder, $"exec 9>lock; flock 9; {Published.Executable} daemon --detach; true");
        await using var daemon = DetachedDaemon.Of(folder.Folder);

        Assert.Equal("free\n", (await ShellAsync(folder, "flock --nonblock lock -c 'echo free'")).Output);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_command_of_run_gets_the_soft_limit_and_what_its_caller_has_open()
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await ShellAsync(
            folder, $"ulimit -S -n 777; {Published.Executable} run sh -c 'ulimit -S -n; cat $0' <(echo from a pipe); true");

        Assert.Equal("777\nfrom a pipe\n", result.Output);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("daemon --detach --env <(echo A=1)", "--env: /dev/fd/")]
    [InlineData("server --no-ui -f <(echo 'web: sleep 1000')", "--procfile: /dev/fd/")]
    public async Task A_pipe_that_only_the_caller_can_read_is_refused(string words, string expected)
    {
        using var folder = new TestFolder("web: sleep 1000");

        var result = await ShellAsync(folder, $"{Published.Executable} {words}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(expected, result.Errors, StringComparison.Ordinal);
        Assert.Contains("a pipe that only this command line can read", result.Errors, StringComparison.Ordinal);
    }

    private static Task<CliResult> ShellAsync(TestFolder folder, string script) => Cli.RunAsync("bash", folder.Folder.Root, ["-c", script]);
}
