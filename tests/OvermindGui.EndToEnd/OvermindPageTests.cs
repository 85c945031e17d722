using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(CalmBrowserTests.Name)]
public class OvermindPageTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task The_page_controls_the_processes_and_shows_when_overmind_has_gone()
    {
        using var folder = new TestFolder("web: echo up; sleep 1000", "api: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--overmind");
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();

        await page.By("stop-web").ClickAsync();
        await page.ExpectTextAsync("status-web", "stopped");
        await page.By("start-web").ClickAsync();
        await page.ExpectTextAsync("status-web", "running");
        await page.WaitForAsync("() => document.querySelectorAll('.line[data-p=web]:not(.notice)').length === 2");
        var (daemon, pids) = (server.Snapshot().DaemonPid, server.Pids());

        _ = Server.SendSignal(OvermindPid.Of(folder.Folder), Server.Kill);
        await page.ExpectVisibleAsync("daemon-gone");
        await page.ExpectTextAsync("status-web", "failed");
        await Server.WaitForDeathAsync(pids.Values);

        await page.By("start-daemon").ClickAsync();
        await page.ExpectHiddenAsync("daemon-gone");
        await page.ExpectTextAsync("status-api", "running");
        Assert.NotEqual(daemon, server.Snapshot().DaemonPid);
        Assert.StartsWith("✓ Overmind daemon", (await Cli.RunAsync(folder.Folder.Root, "status")).Output, StringComparison.Ordinal);
    }
}
