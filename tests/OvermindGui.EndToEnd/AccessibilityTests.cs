using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Axe finds nothing in any state of the page.</summary>
[Collection(CalmBrowserTests.Name)]
public class AccessibilityTests(Chromium chromium)
{
    private const int Timeout = 180_000;

    // Each theme and each size once: colours do not depend on the size.
    [Theory(Timeout = Timeout)]
    [InlineData("light", 1400, 900)]
    [InlineData("dark", 390, 844)]
    public async Task Axe_finds_nothing_in_any_state(string theme, int width, int height)
    {
        using var folder = new TestFolder(["web: echo from web; sleep 1000", "api: echo from api; exit 3", "this line is wrong", "so is this"]);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, width, height, theme);
        await page.LinesOf("web").First.WaitForAsync();
        var isPhone = width < 600;
        await page.By("procfile-problems-details").ClickAsync();
        await page.ExpectAccessibleAsync("the log");

        if (isPhone) await page.By("view-processes").ClickAsync();
        await page.ExpectAccessibleAsync("the list");
        await page.By("row-api").ClickAsync(new() { Button = MouseButton.Right });
        await page.ExpectAccessibleAsync("the menu of a row");
        await page.By("menu-details").ClickAsync();
        await Assertions.Expect(page.By("runs").Locator("li")).ToHaveCountAsync(1);
        await page.ExpectAccessibleAsync("the panel");
        await page.By("panel-close").ClickAsync();

        if (isPhone)
        {
            await page.By("view-more").ClickAsync();
            await page.ExpectAccessibleAsync("More");
            await page.By("phone-scale").ClickAsync();
        }
        else
        {
            await page.By("more").ClickAsync();
            await page.ExpectVisibleAsync("shutdown");
            await page.ExpectAccessibleAsync("the menu of the page");
            await page.By("scale").ClickAsync();
        }

        await page.ExpectVisibleAsync("scale-apply");
        await page.ExpectAccessibleAsync("scaling");
        await page.By("scale-cancel").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".mud-dialog")).ToHaveCountAsync(0);

        await page.Page.Keyboard.PressAsync("Control+k");
        await page.ExpectVisibleAsync("palette-input");
        await page.ExpectAccessibleAsync("the palette");
        await page.By("palette-input").FillAsync("shutdown stop everything");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.ExpectHiddenAsync("palette-input");

        await page.By("project-switcher").ClickAsync();
        await page.ExpectVisibleAsync($"project-{folder.Folder.Name}");
        await page.ExpectAccessibleAsync("the switcher");
        await page.By("all-projects").ClickAsync();
        await page.ExpectVisibleAsync("projects-sum");
        await page.ExpectAccessibleAsync("all projects");
        Assert.Empty(page.Errors);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("dark", 1400, 900)]
    [InlineData("light", 390, 844)]
    public async Task Axe_finds_nothing_where_lines_are_read_searched_and_acted_upon(string theme, int width, int height)
    {
        using var folder = new TestFolder("web: echo hello; printf '{\"level\":\"error\",\"msg\":\"no\"}\\nlevel=warn msg=slow\\nError: x\\n    at a (a.js:1:1)\\n    at b (b.js:1:1)\\n    at c (c.js:1:1)\\n    at d (d.js:1:1)\\n    at e (e.js:1:1)\\n'; sleep 1000", "api: exit 3");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?panes=2&focus2=web&linked=time&search=x"), width, height, theme);
        await page.LinesOf("web").GetByText("hello", new() { Exact = true }).First.WaitForAsync();
        await page.ExpectTextAsync("bell-count", "1");
        await page.ExpectAccessibleAsync("two panes and a search");

        await page.Page.GotoAsync(new Uri(server.Address, "/?filter=hello&levels=error,none").ToString());
        await page.LinesOf("web").First.WaitForAsync();
        await page.ExpectAccessibleAsync("a filter");
        await page.LinesOf("web").First.ClickAsync(new() { Button = MouseButton.Right });
        await page.ExpectVisibleAsync("menu-context");
        await page.ExpectAccessibleAsync("the menu of a line");
        await page.By("menu-declare").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.ExpectAccessibleAsync("the failure dialog");
        await page.Page.Keyboard.PressAsync("Escape");

        await page.Page.GotoAsync(new Uri(server.Address, "/?line=zzzzz:1&panel=line:99999").ToString());
        await page.ExpectVisibleAsync("pane-notice");
        await page.ExpectTextAsync("line-panel", "no longer stored");
        await page.ExpectAccessibleAsync("a link into another database");
        var json = await page.LinesOf("web").Nth(1).GetAttributeAsync("data-id");
        await page.Page.GotoAsync(new Uri(server.Address, $"/?panel=line:{json}").ToString());
        await page.ExpectVisibleAsync("line-copy");
        await page.ExpectAccessibleAsync("the details of a line");

        await page.Page.GotoAsync(server.Address.ToString());
        await page.LinesOf("web").First.WaitForAsync();
        if (width < 600)
        {
            await page.By("view-more").ClickAsync();
            await page.By("phone-shutdown").ClickAsync();
        }
        else
        {
            await page.ChooseAsync("more", "shutdown");
        }

        await page.ExpectVisibleAsync("shutdown-confirm");
        await page.ExpectAccessibleAsync("stopping everything");
        await page.By("shutdown-cancel").ClickAsync();
        File.AppendAllText(folder.Folder.Procfile, "later: sleep 1000\n");
        await page.ExpectVisibleAsync("pending-apply");
        await page.ExpectAccessibleAsync("changed files");
    }

    [Theory(Timeout = Timeout)]
    [InlineData("dark", 1400, 900)]
    [InlineData("light", 390, 844)]
    public async Task Axe_finds_nothing_in_any_panel_and_on_any_other_page(string theme, int width, int height)
    {
        using var folder = new TestFolder(
            "web: echo 'Error: no'; echo '{\"msg\":\"one\",\"user\":{\"name\":\"a name\"}}'; sleep 1000", "api: echo bad; exit 3", "ask: printf 'Go on? [y/N] '; read -r answer; sleep 1000");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "overmind-gui.yaml"), "alerts:\n  - {name: api is down, when: fails, processes: [api], actions: [mark]}\n", TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "?panel=api"), width, height, theme);
        await page.By("pin-1").ClickAsync();
        await Assertions.Expect(page.By("pin-1")).ToHaveAttributeAsync("aria-pressed", "true");

        foreach (var (address, shown) in new[]
        {
            ("?panel=alerts:all", "alert-hits"), ("?panel=sessions:", "pinned-runs"), ("?panel=storage:", "stored-web"), ("?panel=views:", "view-name"), ("?panel=bookmarks:", "bookmarks-panel"),
            ("?panel=errors:", "error-group"), ("?panel=terminal:web", "terminal-panel"), ("?panel=web&tab=resources", "process-panel"), ("?panel=web&tab=settings", "panel-environment"),
            ("?panel=web&tab=failures", "panel-failures"), ("?run=1", "scope-run"), ("environment", "environment-page"), ("agents", "agents-page"), ("compare/api", "compare-page"), ("", "log"),
        })
        {
            await page.Page.EvaluateAsync("address => Blazor.navigateTo(address)", address);
            await page.By(shown).First.WaitForAsync();
            await page.ExpectAccessibleAsync(address);
        }

        if (width < 600) await page.By("view-processes").ClickAsync();
        await page.By("asks-ask").ClickAsync();
        await page.By("answer-ask").First.WaitForAsync();
        await page.ExpectAccessibleAsync("an answer");
        await page.Page.EvaluateAsync("() => Blazor.navigateTo('?panel=alerts:all')");
        await page.By("alert-new").ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.ExpectAccessibleAsync("a new alert");
        Assert.Empty(page.Errors);
    }
}
