using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What the README tells people to type does what it says.</summary>
public partial class ReadmeTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Every_curl_command_works_as_it_stands_there()
    {
        using var folder = new TestFolder("web: echo an error; exec sleep 1000", "worker: exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.FirstLineOfAsync("web");
        var commands = CurlCommands(await File.ReadAllTextAsync(Path.Combine(Published.Root, "README.md"), TestContext.Current.CancellationToken));
        Assert.Contains(commands, c => c.Contains("/api/shutdown", StringComparison.Ordinal));

        // The shutdown is the last thing that it can be asked for.
        foreach (var command in commands.OrderBy(c => c.Contains("/api/shutdown", StringComparison.Ordinal)))
        {
            var here = command.Replace("localhost:8000", $"localhost:{server.Address.Port}", StringComparison.Ordinal);
            if (command.Contains(" -N ", StringComparison.Ordinal)) await AssertStreamsAsync(here);
            else await AssertSucceedsAsync(here, folder.Folder.Root);
            if (command.Contains("/api/restart", StringComparison.Ordinal)) await WaitUntilBackAsync(server);
        }

        await server.WaitForExitAsync();
    }

    private static async Task AssertSucceedsAsync(string command, string folder)
    {
        var result = await Cli.RunAsync("sh", folder, ["-c", command]);
        Assert.True(result.ExitCode == 0, $"{command}\n{result.Errors}");
        using var answer = JsonDocument.Parse(result.Output);
        Assert.False(answer.RootElement.TryGetProperty("error", out var error), $"{command}: {error}");
        if (answer.RootElement.TryGetProperty("success", out var success)) Assert.True(success.GetBoolean(), command);
    }

    private static async Task AssertStreamsAsync(string command)
    {
        using var curl = Process.Start(Cli.StartInfo("sh", Path.GetTempPath(), ["-c", $"exec {command}"]))!;
        try
        {
            while (await curl.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                if (line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains("an error", StringComparison.Ordinal)) return;
            Assert.Fail($"{command}: the stream ended");
        }
        finally
        {
            curl.Kill();
        }
    }

    // Until it has told its address a second time: before, the one that is about to end may answer.
    private static async Task WaitUntilBackAsync(Server server)
    {
        while (server.Output.Split('\n').Count(line => Server.AddressIn(line) is not null) < 2)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
    }

    // A command may go on over lines that end in a backslash.
    private static List<string> CurlCommands(string readme) => [.. ShellBlock().Matches(readme)
        .SelectMany(block => block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        .Where(line => line.StartsWith("curl ", StringComparison.Ordinal))];

    [GeneratedRegex("^```sh\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock();
}
