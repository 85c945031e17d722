using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What the documents show can be typed as it stands there, what they name exists, and their links lead somewhere.</summary>
public partial class DocumentationTests
{
    private const int Timeout = 120_000;

    // What serves, or goes on until it is interrupted: only its words are looked at.
    private static readonly string[] Serving = ["server", "start", "daemon", "web"];

    [Fact(Timeout = Timeout)]
    public async Task Every_curl_command_of_the_API_works_as_it_stands_there()
    {
        using var folder = new TestFolder("web: echo an error; exec sleep 1000", "worker: exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.FirstLineOfAsync("web");
        var commands = Commands("docs/failures.md", "curl ").Concat(Commands("docs/api.md", "curl ")).ToList();
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
        if (command.Contains(" -OJ ", StringComparison.Ordinal))
        {
            Assert.NotEmpty(Directory.GetFiles(folder, "*.html"));
            return;
        }

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

    // Until it has printed its address a second time: before, the one that is about to end may answer.
    private static async Task WaitUntilBackAsync(Server server)
    {
        await Eventually.TrueAsync(() => server.Output.Split('\n').Count(line => Server.AddressIn(line) is not null) >= 2);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("docs/cli.md")]
    [InlineData("docs/configuration.md")]
    [InlineData("docs/procfile.md")]
    [InlineData("docs/failures.md")]
    [InlineData("docs/troubleshooting.md")]
    public async Task Every_command_of_ours_works_as_it_stands_there(string document)
    {
        using var folder = new TestFolder("web: printf 'id\\tname\\n'; exec sleep 1000", "worker: exec sleep 1000", "api: exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--base-port", $"{Ports.Next()}");
        await server.FirstLineOfAsync("web");
        var commands = Commands(document, "overmind-gui ").ToList();
        Assert.NotEmpty(commands);
        foreach (var command in commands.Where(c => !c.Contains(" > ", StringComparison.Ordinal)))
            if (command.Split(' ') is [_, var verb, .. var words] && (Serving.Contains(verb) || words.Contains("-f")))
            {
                var help = (await Cli.RunAsync(folder.Folder.Root, verb, "--help")).Output;
                Assert.All(words.Where(w => w.StartsWith('-')), word => Assert.Matches($@"(^|[\s,]){Regex.Escape(word)}[\s,]", help));
            }
            else
            {
                var result = await Cli.RunAsync("sh", folder.Folder.Root, ["-c", $"PATH={Path.GetDirectoryName(Published.Executable)}:$PATH; {command}"]);
                Assert.True((result.ExitCode, result.Errors) == (0, ""), $"{command}: {result}");
            }
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_option_is_documented_and_every_documented_one_exists()
    {
        using var folder = new TestFolder();
        var help = string.Concat(await Task.WhenAll(
            new[] { "server", "daemon", "web" }.Select(async verb => (await Cli.RunAsync(folder.Folder.Root, verb, "--help")).Output)));
        var options = Option().Matches(help).Select(m => m.Value).Except(["--help", "--detach"]).ToHashSet();

        var documented = Text("docs/configuration.md").Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .SelectMany(row => Option().Matches(row.Split('|')[1]).Select(m => m.Value)).ToHashSet();

        Assert.Equal(options.Order(), documented.Order());
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_command_is_documented()
    {
        using var folder = new TestFolder();
        var help = (await Cli.RunAsync(folder.Folder.Root, "--help")).Output;
        var commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1).Where(l => l.StartsWith("  ", StringComparison.Ordinal))
            .Select(l => l.TrimStart().Split(' ', ',')[0]).Where(c => c is { Length: > 0 } and not "help").ToList();
        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.Matches($@"(?m)^\|.*`{command}[ `]", Text("docs/cli.md")));
    }

    [Fact]
    public void Every_link_leads_somewhere()
    {
        foreach (var document in Directory.EnumerateFiles(Path.Combine(Published.Root, "docs"), "*.md").Concat(
            ((string[])["README.md", "SECURITY.md", "CONTRIBUTING.md"]).Select(name => Path.Combine(Published.Root, name))))
            foreach (var target in Link().Matches(File.ReadAllText(document)).Select(m => m.Groups["target"].Value))
            {
                if (target.Contains("://", StringComparison.Ordinal)) continue;
                var (path, anchor) = target.Split('#') is [var file, var name] ? (file, name) : (target, null);
                var full = path.Length == 0 ? document : Path.GetFullPath(path, Path.GetDirectoryName(document)!);
                Assert.True(Path.Exists(full), $"{document}: {target}");
                if (anchor is not null) Assert.Contains(anchor, Heading().Matches(File.ReadAllText(full)).Select(m => Anchor(m.Groups["text"].Value)));
            }
    }

    [Fact]
    public void The_README_is_short() => Assert.InRange(Text("README.md").Split('\n').Length, 50, 151);

    // As GitHub makes it.
    private static string Anchor(string heading) => string.Concat(
        heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    private static string Text(string document) => File.ReadAllText(Path.Combine(Published.Root, document));

    // A command may go on over lines that end in a backslash, and have a comment.
    private static IEnumerable<string> Commands(string document, string beginning) =>
        from block in ShellBlock().Matches(Text(document))
        from line in block.Groups["text"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        where line.StartsWith(beginning, StringComparison.Ordinal)
        select Comment().Replace(line, "").Trim();

    [GeneratedRegex("^```sh\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"\s{2,}#.*$|\s+# \w.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
