using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

public class AlertsTests
{
    [Fact(Timeout = 120_000)]
    public async Task Alerts_are_added_listed_changed_and_removed_and_what_is_wrong_is_named()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), "# ours\nalerts: # all\n  - {name: down, when: fails, actions: [mark]}\n", TestContext.Current.CancellationToken);

        Assert.Equal("Added the alert full\n", await RunAsync("alerts", "add", "{name: full, when: {silent: 10m}, actions: [desktop]}"));
        Assert.Equal("Changed the alert down\n", await RunAsync("alerts", "change", "down", """{"name":"down","when":"fails","processes":["web"],"actions":["mark","browser"]}"""));
        Assert.Equal("down: web: fails → mark, browser\nfull: prints nothing for 10m → desktop\n", await RunAsync("alerts"));
        Assert.Equal("Removed the alert down\n", await RunAsync("alerts", "remove", "down"));
        Assert.StartsWith("# ours\nalerts: # all\n", await File.ReadAllTextAsync(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("No alert has fired so far\n", await RunAsync("alerts", "hits"));

        var unknown = await Cli.RunAsync(folder.Folder.Root, "alerts", "mute", "down");
        Assert.Equal((1, "", "Error: Unknown alert: down (known: full)\n"), (unknown.ExitCode, unknown.Output, unknown.Errors));
        var wrong = await Cli.RunAsync(folder.Folder.Root, "alerts", "add", "{when: fals, actions: [mrk]}");
        Assert.Equal((1, ""), (wrong.ExitCode, wrong.Output));
        Assert.Equal(2, wrong.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);

        async Task<string> RunAsync(params string[] arguments)
        {
            var result = await Cli.RunAsync(folder.Folder.Root, arguments);
            Assert.Equal((0, ""), (result.ExitCode, result.Errors));
            return result.Output;
        }
    }
}
