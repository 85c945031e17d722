using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Links to lines, which people paste into issues and open weeks later.</summary>
[Collection(CalmBrowserTests.Name)]
public sealed class LineLinkTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_link_opens_its_line_frozen_and_marked_with_its_process_shown_also_after_a_restart()
    {
        using var folder = new TestFolder("web: for i in $(seq 1 3000); do echo line $i; done; sleep 1000", "api: while :; do echo tick; sleep 0.2; done");
        string link;
        await using (var server = await Server.StartAsync(folder.Folder))
        {
            await using var page = await chromium.OpenAsync(server.Address);
            await page.By("process-web").ClickAsync();
            var line = page.LinesOf("web").GetByText("line 2990", new() { Exact = true });
            await line.WaitForAsync();
            await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
            await line.ClickAsync(new() { Button = MouseButton.Right });
            await page.By("menu-copy-link").ClickAsync();
            await page.WaitForAsync("async () => (await navigator.clipboard.readText()).includes('line=')");
            link = new Uri(await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()")).Query;
            Assert.Matches("^[?]line=[0-9a-z]{5}:[0-9]+$", link);
        }

        await using var next = await Server.StartAsync(folder.Folder);
        await using var later = await chromium.OpenAsync(new Uri(next.Address, $"/{link}&hide=web"));
        await Assertions.Expect(later.Page.Locator(".line.target")).ToHaveTextAsync("line 2990");
        await Assertions.Expect(later.Page.Locator(".line.target")).ToBeInViewportAsync();
        await Assertions.Expect(later.By("show-web")).ToBeCheckedAsync();
        await later.ExpectVisibleAsync("new-lines");
        await Assertions.Expect(later.Page.Locator(".line.target")).ToBeInViewportAsync(); // the other process goes on meanwhile
        await later.ExpectHiddenAsync("pane-notice");

        await later.Page.GotoAsync(new Uri(next.Address, link.Replace("line=", "line=zzzzz", StringComparison.Ordinal)).ToString());
        await later.ExpectTextAsync("pane-notice", "another database");
        await Assertions.Expect(later.Page.Locator(".line.target")).ToHaveCountAsync(0);
        await later.Page.GetByLabel("Dismiss").ClickAsync();
        await later.ExpectHiddenAsync("pane-notice");

        await later.Page.GotoAsync(new Uri(next.Address, "/?line=web").ToString());
        await later.ExpectTextAsync("pane-notice", "names no line");
        Assert.Empty(later.Errors);
    }
}
