using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Whose output a browser shows.</summary>
[Collection(CalmBrowserTests.Name)]
public class SelectionTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    private static readonly string[] Procfile = ["web: echo from web; sleep 1000", "api: echo from api; sleep 1000", "db: echo from db; sleep 1000"];

    [Fact(Timeout = Timeout)]
    public async Task Two_browsers_have_selections_of_their_own_and_each_finds_its_own_again()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var one = await chromium.OpenAsync(server.Address);
        await using var other = await chromium.OpenAsync(server.Address);
        await ShowsAsync(one, "web", "api", "db");

        await one.By("process-web").ClickAsync();
        await other.By("process-db").ClickAsync();
        await ShowsAsync(one, "api", "db");
        await ShowsAsync(other, "web", "api");

        await one.Page.ReloadAsync();
        await ShowsAsync(one, "api", "db");
        await one.Page.GotoAsync(server.Address.ToString()); // by hand, without what the address said
        await ShowsAsync(one, "api", "db");
        Assert.Equal("?hide=web", one.Address.Query);

        await one.By("show-all").ClickAsync();
        await ShowsAsync(one, "web", "api", "db");
        await one.Page.GotoAsync(server.Address.ToString());
        await ShowsAsync(one, "web", "api", "db");
        await ShowsAsync(other, "web", "api");
    }

    [Fact(Timeout = Timeout)]
    public async Task The_selection_survives_a_restart_of_the_dashboard()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.By("process-api").ClickAsync();
        await ShowsAsync(page, "web", "db");
        await page.Page.EvaluateAsync("() => window.before = true");

        await page.By("restart-ui").ClickAsync();
        await page.WaitForAsync("() => window.before === undefined && document.querySelector('[data-testid=process-api]')");
        await ShowsAsync(page, "web", "db");
        await Assertions.Expect(page.By("process-api")).ToHaveAttributeAsync("aria-checked", "false");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_new_browser_begins_with_the_selection_that_scripts_chose()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var earlier = await chromium.OpenAsync(server.Address);
        await ShowsAsync(earlier, "web", "api", "db");
        await earlier.By("show-all").ClickAsync();

        using var client = new HttpClient { BaseAddress = server.Address };
        (await client.PostAsync(new Uri("/api/process/db/toggle", UriKind.Relative), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowsAsync(page, "web", "api");
        await ShowsAsync(earlier, "web", "api", "db");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_double_click_shows_one_alone_and_again_what_was_shown_before()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.By("process-db").ClickAsync();
        await ShowsAsync(page, "web", "api");

        await page.By("row-api").DblClickAsync(new() { Position = new() { X = 150, Y = 40 } });
        await ShowsAsync(page, "api");
        await page.Page.ReloadAsync();
        await ShowsAsync(page, "api");

        await page.By("process-api").DblClickAsync();
        await ShowsAsync(page, "web", "api");
    }

    [Fact(Timeout = Timeout)]
    public async Task Everything_a_row_offers_can_be_reached_by_keys()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowsAsync(page, "web", "api", "db");
        await page.By("process-api").FocusAsync();
        await page.Page.Keyboard.PressAsync("Space");
        await ShowsAsync(page, "web", "db");

        await page.Page.Keyboard.PressAsync("Shift+F10");
        await HasFocusAsync(page, "menu-restart"); // it runs: a start is not offered
        await page.Page.Keyboard.PressAsync("End");
        await HasFocusAsync(page, "menu-environment");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await HasFocusAsync(page, "menu-restart");
        await page.Page.Keyboard.PressAsync("f");
        await HasFocusAsync(page, "menu-focus");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.ExpectHiddenAsync("menu-focus");
        await HasFocusAsync(page, "process-api");

        await page.By("menu-api").FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await HasFocusAsync(page, "menu-restart");
        await page.Page.Keyboard.PressAsync("f");
        await HasFocusAsync(page, "menu-focus");
        await page.Page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "api");
        await HasFocusAsync(page, "menu-api"); // back where it was opened
    }

    [Fact(Timeout = Timeout)]
    public async Task A_right_click_opens_the_menu_which_stays_inside_the_window_and_acts()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 390, 844);
        await ShowsAsync(page, "web", "api", "db");
        await page.By("drawer-toggle").ClickAsync();
        await page.By("row-db").ClickAsync(new() { Button = MouseButton.Right });
        var box = (await page.By("menu").And(page.Page.Locator(":popover-open")).BoundingBoxAsync())!;
        Assert.InRange(box.X, 0, 390 - box.Width);
        Assert.InRange(box.Y, 0, 844 - box.Height);

        await page.By("menu-stop").ClickAsync();
        await page.ExpectTextAsync("status-db", "stopped");
        await Assertions.Expect(page.Page.GetByText("Stopped db")).ToBeVisibleAsync();
    }

    private static async Task ShowsAsync(BrowserPage page, params string[] processes)
    {
        foreach (var name in new[] { "web", "api", "db" })
            await Assertions.Expect(page.LinesOf(name)).ToHaveCountAsync(processes.Contains(name) ? 1 : 0, new() { Timeout = 30_000 });
    }

    private static async Task HasFocusAsync(BrowserPage page, string testId) =>
        await Assertions.Expect(page.By(testId)).ToBeFocusedAsync(new() { Timeout = 30_000 });
}
