using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Clearing output by way of the page.</summary>
[Collection(CalmBrowserTests.Name)]
public class ClearTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Output_is_cleared_for_everybody_and_comes_back_when_that_is_undone()
    {
        using var folder = new TestFolder("web: echo from web; sleep 1000", "api: echo from api; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await using var other = await chromium.OpenAsync(server.Address);
        await ShowsAsync(page, web: 1, api: 1);

        await page.By("menu-web").ClickAsync();
        await page.By("menu-clear").ClickAsync();
        await ShowsAsync(page, web: 0, api: 1);
        await ShowsAsync(other, web: 0, api: 1);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await ShowsAsync(page, web: 1, api: 1);
        await ShowsAsync(other, web: 1, api: 1);

        await page.ChooseAsync("list-menu", "clear-all");
        await ShowsAsync(page, web: 0, api: 0);
        await page.ExpectTextAsync("line-count", "0");
        await page.Page.ReloadAsync();
        await page.ExpectVisibleAsync("log-empty");
        await page.By("restart-web").ClickAsync();
        await ShowsAsync(page, web: 1, api: 0);
    }

    private static async Task ShowsAsync(BrowserPage page, int web, int api)
    {
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(web, new() { Timeout = 30_000 });
        await Assertions.Expect(page.LinesOf("api")).ToHaveCountAsync(api, new() { Timeout = 30_000 });
    }
}
