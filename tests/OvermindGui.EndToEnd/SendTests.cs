using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary><c>send</c>: a text or keys, once, from the command line.</summary>
public class SendTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_text_is_typed_with_enter_and_keys_are_pressed()
    {
        using var folder = new TestFolder(
            """p: bash -c 'read -r line; echo "read $line"; IFS= read -rsn3 keys; trap "echo interrupted" INT; printf "keys %q\n" "$keys"; while :; do sleep 0.05; done'""");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        Assert.Equal(new CliResult(0, "", ""), await Cli.RunAsync(folder.Folder.Root, "send", "p", "hello world"));
        await WaitForLineAsync(folder, "read hello world");
        Assert.Equal(new CliResult(0, "", ""), await Cli.RunAsync(folder.Folder.Root, "send", "p", "--keys", "a", "--keys", "b,c"));
        await WaitForLineAsync(folder, "keys abc");
        Assert.Equal(new CliResult(0, "", ""), await Cli.RunAsync(folder.Folder.Root, "send", "p", "--keys", "ctrl+c"));
        await WaitForLineAsync(folder, "interrupted");
    }

    [Fact(Timeout = Timeout)]
    public async Task What_was_sent_is_in_no_file_of_the_project()
    {
        using var folder = new TestFolder("""p: bash -c 'read -rsp "Password: " password; echo; echo "${#password} characters"; sleep 1000'""");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        await WaitForLineAsync(folder, "Password: "); // before, the terminal would show what is typed
        await Cli.RunAsync(folder.Folder.Root, "send", "p", "correct-horse-battery");
        await WaitForLineAsync(folder, "21 characters");

        // grep, because .NET takes a lock with every open, which the PID file does not grant.
        var found = await Cli.RunAsync("grep", folder.Folder.Root, ["-rlaF", "correct-horse", folder.Folder.Root]);
        Assert.Equal((1, ""), (found.ExitCode, found.Output));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("send requires a text or --keys", "send", "p")]
    [InlineData("there is no key \"ctrl+up\"", "send", "p", "--keys", "enter,ctrl+up")]
    [InlineData("Unknown process: nope", "send", "nope", "x")]
    public async Task What_cannot_be_sent_is_an_error(string message, params string[] words)
    {
        using var folder = new TestFolder("p: sleep 1000");
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        var result = await Cli.RunAsync(folder.Folder.Root, words);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
    }

    private static async Task WaitForLineAsync(TestFolder folder, string line)
    {
        await Eventually.TrueAsync(async () => (await Cli.RunAsync(folder.Folder.Root, "logs", "p")).Output.Contains(line, StringComparison.Ordinal));
    }
}
