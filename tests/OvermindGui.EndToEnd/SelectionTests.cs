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

        await one.By("show-web").ClickAsync();
        await other.By("show-db").ClickAsync();
        await ShowsAsync(one, "api", "db");
        await ShowsAsync(other, "web", "api");
        await ExpectKeptAsync(one, "web");

        await one.Page.ReloadAsync();
        await ShowsAsync(one, "api", "db");
        await one.Page.GotoAsync(server.Address.ToString()); // by hand, without what the address said
        await ShowsAsync(one, "api", "db");
        await one.ExpectQueryAsync("?hide=web");

        await one.By("end-selection").ClickAsync();
        await ShowsAsync(one, "web", "api", "db");
        await ExpectKeptAsync(one, "");
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
        await page.By("show-api").ClickAsync();
        await ShowsAsync(page, "web", "db");
        await page.Page.EvaluateAsync("() => window.before = true");

        await page.ChooseAsync("more", "restart-ui");
        await page.WaitForAsync("() => window.before === undefined && document.querySelector('[data-testid=process-api]')");
        await ShowsAsync(page, "web", "db");
        await Assertions.Expect(page.By("show-api")).Not.ToBeCheckedAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_new_browser_begins_with_the_selection_that_scripts_chose()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var earlier = await chromium.OpenAsync(server.Address);
        await ShowsAsync(earlier, "web", "api", "db");
        await earlier.ChooseAsync("list-menu", "show-all");

        using var client = new HttpClient { BaseAddress = server.Address };
        (await client.PostAsync(new Uri("/api/process/db/toggle", UriKind.Relative), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowsAsync(page, "web", "api");
        await ShowsAsync(earlier, "web", "api", "db");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_click_shows_one_alone_more_are_added_by_Ctrl_and_Back_and_Esc_undo_it()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowsAsync(page, "web", "api", "db");
        await page.By("show-db").ClickAsync();
        await ShowsAsync(page, "web", "api");

        await page.By("process-api").ClickAsync();
        await ShowsAsync(page, "api");
        await page.ExpectTextAsync("narrowed", "Only api");
        await page.By("process-db").ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await ShowsAsync(page, "api", "db");
        await page.ExpectQueryAsync("?hide=db&focus=api,db");
        await page.Page.ReloadAsync();
        await ShowsAsync(page, "api", "db");

        await page.Page.GoBackAsync();
        await ShowsAsync(page, "api");
        await page.Page.GoBackAsync();
        await ShowsAsync(page, "web", "api"); // still our page, and what was hidden is hidden
        await page.By("process-web").ClickAsync();
        await page.By("process-db").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await ShowsAsync(page, "web", "api", "db");
        await page.Page.Keyboard.PressAsync("Escape");
        await ShowsAsync(page, "web", "api");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_click_on_a_crashed_process_shows_its_output_and_why_it_ended()
    {
        using var folder = new TestFolder("web: echo from web; sleep 1000", "api: echo from api; exit 3", "db: echo from db; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-api", "failed · exit 3 · ");
        await Assertions.Expect(page.By("last-lines-api").Locator("li")).ToHaveTextAsync(["from api"]);
        await Assertions.Expect(page.Page).ToHaveTitleAsync($"✕ 1 · {folder.Folder.Name}");
        await page.WaitForAsync("() => document.querySelector('link[rel=icon]').href.endsWith('icon-failed.svg')");

        await page.By("process-api").ClickAsync();
        await ShowsAsync(page, "api");
        await page.By("summary-failed").ClickAsync();
        await page.ExpectHiddenAsync("row-web"); // the list has what failed
        await page.By("summary-failed").ClickAsync();
        await page.ExpectVisibleAsync("row-web");

        await page.By("row-api").HoverAsync();
        await page.By("row-api").DblClickAsync();
        await page.ExpectTextAsync("panel-state", "Exited with code 3");
        await Assertions.Expect(page.By("runs").Locator("li")).ToContainTextAsync(["exit 3"]);
        await page.By("panel-start").ClickAsync();
        await Assertions.Expect(page.By("runs").Locator("li")).ToHaveCountAsync(2);
        await page.Page.GoBackAsync();
        await page.ExpectHiddenAsync("process-panel");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Everything_a_row_offers_can_be_reached_by_keys()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowsAsync(page, "web", "api", "db");
        await page.ExpectKeysAsync();
        await page.By("process-web").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await HasFocusAsync(page, "process-api");
        await page.Page.Keyboard.PressAsync("Enter");
        await ShowsAsync(page, "api");
        await page.Page.Keyboard.PressAsync("Escape");
        await ShowsAsync(page, "web", "api", "db");
        await page.Page.Keyboard.PressAsync("ArrowLeft");
        await HasFocusAsync(page, "show-api");
        await page.Page.Keyboard.PressAsync("Space");
        await ShowsAsync(page, "web", "db");

        await page.Page.Keyboard.PressAsync("ArrowRight");
        await HasFocusAsync(page, "process-api");
        await page.Page.Keyboard.PressAsync("Shift+F10");
        await HasFocusAsync(page, "menu-restart"); // it runs: a start is not offered
        await page.Page.Keyboard.PressAsync("End");
        await HasFocusAsync(page, "menu-environment");
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await HasFocusAsync(page, "menu-restart");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.ExpectHiddenAsync("menu-focus");
        await HasFocusAsync(page, "process-api");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_right_click_opens_the_menu_which_stays_inside_the_window_and_acts()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 390, 844);
        await ShowsAsync(page, "web", "api", "db");
        await page.By("view-processes").ClickAsync();
        await page.By("row-db").ClickAsync(new() { Button = MouseButton.Right });
        var box = await page.SettledBoxAsync(page.By("menu").And(page.Page.Locator(":popover-open")));
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

    // The browser remembers it after the page has changed.
    private static Task ExpectKeptAsync(BrowserPage page, string hidden) => page.WaitForAsync(
        $"() => localStorage.getItem(`overmind-gui-hidden:${{document.documentElement.dataset.folder}}`) === '{hidden}'");

    private static async Task HasFocusAsync(BrowserPage page, string testId) =>
        await Assertions.Expect(page.By(testId)).ToBeFocusedAsync(new() { Timeout = 30_000 });
}
