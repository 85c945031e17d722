using System.Text.RegularExpressions;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What a script ignores, or its shell for all that runs in its background, is nothing to the processes.</summary>
public partial class IgnoredSignalTests
{
    private const string Start = """trap "" HUP INT QUIT XFSZ; exec "$0" daemon --detach "$@" """;

    [Theory(Timeout = 120_000)]
    [InlineData("--pty")]
    [InlineData("--no-pty")]
    public async Task A_process_ignores_no_signal_although_its_daemon_was_started_with_some_ignored(string output)
    {
        using var folder = new TestFolder("web: grep SigIgn /proc/self/status; exec sleep 1000");
        string[] options = output == "--pty" ? [] : [output];
        var started = await Cli.RunAsync("/bin/sh", folder.Folder.Root, ["-c", Start, Published.Executable, .. options]);
        await using var daemon = DetachedDaemon.Of(folder.Folder);
        Assert.Equal((0, ""), (started.ExitCode, started.Errors));

        var ignored = Match.Empty;
        await Eventually.TrueAsync(async () => (ignored = Ignored().Match((await Cli.RunAsync(folder.Folder.Root, "logs", "web")).Output)).Success);

        Assert.Equal(0, Convert.ToInt64(ignored.Groups["mask"].Value, 16));
    }

    [GeneratedRegex(@"SigIgn:\s+(?<mask>[0-9a-f]{16})")]
    private static partial Regex Ignored();
}
