using Microsoft.Playwright;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Marks beside the scroll bar, and starred lines.</summary>
[Collection(BrowserTests.Name)]
public class MarkTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_mark_leads_to_its_line_and_a_line_is_starred_from_its_menu()
    {
        using var log = new StoredLog("web: true");
        log.AppendMany("web", Enumerable.Range(1, 300).Select(i => $"line {i}"));
        log.Append("web", "it failed", level: LineLevel.Error);
        log.AppendMany("web", Enumerable.Range(1, 300).Select(i => $"line {i}"));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        var error = page.LinesOf("web").GetByText("it failed", new() { Exact = true });
        await ClickMarkAsync(page, "error");
        await Assertions.Expect(error).ToBeInViewportAsync();
        await page.ExpectTextAsync("autoscroll", "Paused");

        await error.ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-star").ClickAsync();
        await page.By("star-note").FillAsync("the first one");
        await page.By("star-save").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".line.starred")).ToHaveTextAsync("it failed");
        await page.Page.Locator(".log").FocusAsync();
        await page.By("autoscroll").ClickAsync();
        await Assertions.Expect(error).Not.ToBeInViewportAsync();
        await page.Page.Locator(".log").PressAsync("Shift+F8");
        await Assertions.Expect(error).ToBeInViewportAsync();

        await error.ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-unstar").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".line.starred")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_star_survives_a_restart_of_dashboard_and_daemon_and_leads_to_its_line()
    {
        using var folder = new TestFolder("web: for i in $(seq 1 3000); do echo line $i; done; sleep 1000");
        await using (var server = await Server.StartAsync(folder.Folder))
        {
            await server.WaitForAsync("web", process => process.LineCount >= 3000);
            var line = new OutputHistory(OvermindDatabase.In(folder.Folder)).Between(0, long.MaxValue, ProcessFilter.Everything, 3000).Single(l => l.Content.Text == "line 7");
            Assert.Null(new Bookmarks(OvermindDatabase.In(folder.Folder), TimeProvider.System).Add(line.Id, "lucky"));
        }

        await using var next = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(next.Address, "/?panel=bookmarks:"));
        await page.By("bookmarks-panel").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.Page.Locator(".line.target")).ToHaveTextAsync("line 7");
        await Assertions.Expect(page.Page.Locator(".line.target")).ToBeInViewportAsync();
        await page.ExpectTextAsync("bookmarks-panel", "lucky");
        Assert.Empty(page.Errors);
    }

    private static async Task ClickMarkAsync(BrowserPage page, string kind)
    {
        await page.WaitForAsync($"() => document.querySelector('[data-testid=marks] path.{kind}')?.getAttribute('d')?.length > 0");
        var at = await page.Page.EvaluateAsync<float[]>($"() => {{ const box = document.querySelector('[data-testid=marks] path.{kind}').getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }}");
        await page.Page.Mouse.ClickAsync(at[0], at[1]);
    }
}
