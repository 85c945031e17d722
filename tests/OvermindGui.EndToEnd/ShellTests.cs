using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The page around the log: bar, list, palette, banners, phone.</summary>
[Collection(CalmBrowserTests.Name)]
public class ShellTests(Chromium chromium)
{
    private const int Timeout = 180_000;

    private static readonly string[] Procfile =
    [
        "web: echo from web; sleep 1000", "api: echo from api; exit 3", "a-name-that-is-much-too-long-for-the-list-one: sleep 1000",
        "a-name-that-is-much-too-long-for-the-list-two: sleep 1000",
    ];

    [Fact(Timeout = Timeout)]
    public async Task The_palette_finds_processes_and_actions_and_searches_for_the_rest()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();

        await page.By("palette").ClickAsync();
        await Assertions.Expect(page.By("palette-input")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("web");
        await page.ExpectTextAsync("palette-search", "“web”"); // the list is the one of what was typed
        await Assertions.Expect(page.By("palette-go-web")).ToHaveAttributeAsync("aria-selected", "true");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.LinesOf("api")).ToHaveCountAsync(0);
        await page.ExpectTextAsync("narrowed", "Only web");
        await Assertions.Expect(page.By("palette-input")).ToHaveCountAsync(0);

        await page.Page.Keyboard.PressAsync("Control+k");
        await page.By("palette-input").FillAsync("stopweb");
        await Assertions.Expect(page.Page.Locator("[role=option][aria-selected=true]")).ToHaveTextAsync("Stop web");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.ExpectTextAsync("status-web", "stopped");
        await Assertions.Expect(page.By("palette-input")).ToHaveCountAsync(0);

        await page.Page.Keyboard.PressAsync("Control+k");
        await page.By("palette-input").FillAsync("from wxb");
        await Assertions.Expect(page.Page.Locator("[role=option]")).ToHaveTextAsync(["Search output for “from wxb”Enter"]);
        await page.By("palette-input").FillAsync("from web");
        await page.By("palette-search").ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("search=from"));
        await Assertions.Expect(page.By("palette-input")).ToHaveCountAsync(0); // under a dialog the page has no keys
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("?");
        await page.ExpectVisibleAsync("shortcuts-close");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_that_differ_in_their_middle_can_be_kept_apart_and_forty_fit_on_a_screen()
    {
        using var folder = new TestFolder([.. Enumerable.Range(1, 40).Select(i => $"a-service-with-number-{i:00}-and-a-very-long-name: sleep 1000")]);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 1400, 1080);
        await page.ExpectVisibleAsync("row-a-service-with-number-40-and-a-very-long-name");

        var seen = await page.Page.EvaluateAsync<int>(
            "() => [...document.querySelectorAll('[data-testid^=row-a-]')].filter(r => r.getBoundingClientRect().bottom <= innerHeight).length");
        Assert.InRange(seen, 28, 40);
        var name = page.By("process-a-service-with-number-07-and-a-very-long-name");
        const string Seen = "e => { const r = e.getBoundingClientRect(), x = r.right - 1, y = r.top + r.height / 2; return e.textContent + (e.contains(document.elementsFromPoint(x, y).find(t => t.checkVisibility({ opacityProperty: true }))) ? '' : ' (covered)'); }";
        Assert.Equal("07", await name.Locator(".part").EvaluateAsync<string>(Seen));
        await name.HoverAsync();
        var port = page.By("row-a-service-with-number-07-and-a-very-long-name").Locator(".port");
        Assert.Equal(":5600", await port.EvaluateAsync<string>(Seen)); // beside the buttons, not under them
        await Assertions.Expect(name).ToHaveAttributeAsync("title", new Regex("^a-service-with-number-07-and-a-very-long-name\n"));

        await page.By("process-filter").FillAsync("number-3");
        await Assertions.Expect(page.Page.Locator("[data-testid^=row-a-]")).ToHaveCountAsync(10);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_list_is_as_wide_as_it_was_left()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectVisibleAsync("row-web");
        var handle = (await page.Page.Locator("[data-resizer]").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(handle.X + 3, 400);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(handle.X + 103, 400, new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        await WidthAsync(368, 376);
        await page.WaitForAsync("() => Number(localStorage.getItem('overmind-gui-sidebar')) >= 368");
        await page.Page.ReloadAsync();
        await page.ExpectVisibleAsync("row-web");
        await WidthAsync(368, 376);

        await page.Page.Locator("[data-resizer]").FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await WidthAsync(200, 200);
        await page.ExpectKeysAsync();
        await page.Page.Keyboard.PressAsync("Control+b");
        await page.ExpectHiddenAsync("row-web");

        Task WidthAsync(int least, int most) => page.WaitForAsync(
            $"() => {{ const width = Math.round(document.querySelector('.side').getBoundingClientRect().width); return width >= {least} && width <= {most}; }}");
    }

    [Theory(Timeout = Timeout)]
    [InlineData(ColorScheme.Light, "light")]
    [InlineData(ColorScheme.Dark, "dark")]
    public async Task The_first_visit_has_the_theme_of_the_system_and_follows_it(ColorScheme system, string theme)
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, theme: "system");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = system });
        await page.Page.ReloadAsync();
        await page.ExpectVisibleAsync("more");
        await page.WaitForAsync($"() => document.documentElement.dataset.theme === '{theme}'");

        var other = system == ColorScheme.Light ? ColorScheme.Dark : ColorScheme.Light;
        await page.Page.EmulateMediaAsync(new() { ColorScheme = other });
        await page.WaitForAsync($"() => document.documentElement.dataset.theme !== '{theme}'");
        await page.ChooseAsync("more", $"theme-{theme}");
        await page.WaitForAsync($"() => document.documentElement.dataset.theme === '{theme}'");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_lost_connection_is_a_banner_and_what_is_loaded_can_still_be_read_and_selected()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();
        server.Signal(Server.Kill);
        await server.WaitForExitAsync();
        await page.ExpectEndAsync("Connection lost");

        await ExpectUncoveredAsync(page);
        await page.SelectAsync(page.LinesOf("web").First);
        await page.WaitForAsync("() => getSelection().toString().trim() === 'from web'");
        await page.WaitForAsync("() => document.querySelector('[data-testid=palette]').closest('[inert]') !== null"); // no button that does nothing
        var axe = await page.Page.RunAxe();
        Assert.Empty(axe.Violations.Select(v => v.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task After_everything_was_stopped_the_page_can_still_be_read_and_copied()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();
        await page.ChooseAsync("more", "shutdown");
        await page.ExpectTextAsync("shutdown-ends", "a-name-that-is-much-too-long-for-the-list-one"); // it names what it ends

        // The menu that opened the dialog takes the focus when it has closed: Esc would be the page's then.
        await page.By("more").Locator("button").FocusAsync();
        await page.WaitForAsync("() => document.activeElement.closest('.mud-dialog')");
        await page.Page.Keyboard.PressAsync("Escape");
        await page.ExpectHiddenAsync("shutdown-confirm");
        await page.ChooseAsync("more", "shutdown");
        await page.By("shutdown-confirm").ClickAsync();
        await server.WaitForExitAsync();
        await page.ExpectEndAsync("Everything was stopped");

        await Assertions.Expect(page.Page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await ExpectUncoveredAsync(page);
        await page.SelectAsync(page.LinesOf("web").First);
        await page.WaitForAsync("() => getSelection().toString().trim() === 'from web'");
        await page.ExpectAccessibleAsync("the end");
    }

    [Fact(Timeout = Timeout)]
    public async Task On_a_phone_every_view_is_in_reach_targets_are_large_and_dangerous_actions_are_in_More()
    {
        using var folder = new TestFolder(Procfile);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 390, 844);
        await page.LinesOf("web").First.WaitForAsync();
        await page.ExpectHiddenAsync("row-web");
        Assert.Equal(390, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.Equal(0, await page.Page.GetByText("Stop everything").CountAsync());

        await page.By("view-processes").ClickAsync();
        await page.ExpectVisibleAsync("row-api");
        await ExpectLargeAsync(page, "nav.phone-bar button, .side .check, .side .name, .side .actions button:visible, .side .tool button");
        Assert.All(
            await page.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('input[type=text], input:not([type])')].filter(e => e.offsetParent).map(e => parseFloat(getComputedStyle(e).fontSize))"),
            size => Assert.True(size >= 16, $"{size} px: iOS zooms into it"));
        await page.By("process-api").ClickAsync();
        await page.ExpectHiddenAsync("row-api"); // the log again, with this process alone
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(0);

        await page.By("view-search").ClickAsync();
        await Assertions.Expect(page.By("palette-input")).ToBeFocusedAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await page.ExpectHiddenAsync("palette-input");
        await page.Page.GotoAsync(new Uri(server.Address, "/?search=from").ToString());
        await page.ExpectTextAsync("search-summary", "1 of 2");
        await ExpectLargeAsync(page, ".find button");
        await page.WaitForAsync("() => document.querySelector('[data-testid=search]').clientWidth > 200 && [...document.querySelectorAll('.find button')].every(b => b.getBoundingClientRect().right <= innerWidth)");

        // A toast covers no output, and nothing moves for it.
        var log = await page.SettledBoxAsync(page.By("log"));
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("Shift+F10");
        await page.By("menu-copy-link").ClickAsync();
        var toast = page.Page.Locator(".mud-snackbar");
        await Assertions.Expect(toast).ToBeInViewportAsync();
        Assert.True(await page.SettledBoxAsync(toast) is var box && box.Y + box.Height <= log.Y, $"{box.Y + box.Height} px");
        Assert.Equal(log.Y, (await page.By("log").BoundingBoxAsync())!.Y);

        await page.By("view-more").ClickAsync();
        await page.ExpectVisibleAsync("phone-shutdown");
        await ExpectLargeAsync(page, ".more-page button");
        await page.By("phone-shutdown").ClickAsync();
        await page.ExpectVisibleAsync("shutdown-confirm");
        await page.By("shutdown-cancel").ClickAsync();
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_first_stop_of_the_Tab_key_skips_to_the_output_and_printing_gives_all_of_it()
    {
        using var folder = new TestFolder("web: seq 1 300; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?focus=web"));
        await page.WaitForAsync("() => document.querySelectorAll('.line[data-p=web]:not(.notice)').length === 300");
        await page.Page.EvaluateAsync("() => document.body.focus()");
        await page.Page.Keyboard.PressAsync("Tab");
        await page.WaitForAsync("() => document.activeElement.textContent === 'Skip to the content'");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.By("log")).ToBeFocusedAsync();
        Assert.Equal("?focus=web", page.Address.Query); // still the same page

        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.WaitForAsync("() => document.documentElement.scrollHeight > 300 * 15");
        await page.ExpectHiddenAsync("palette");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_failure_rings_the_bell_which_leads_to_it()
    {
        using var folder = new TestFolder("web: echo from web; sleep 1000", "api: while [ ! -e go ]; do sleep 0.05; done; echo bad; exit 7");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-api", "running");
        await page.ExpectHiddenAsync("bell-count");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", TestContext.Current.CancellationToken);

        await page.ExpectTextAsync("bell-count", "1");
        await page.By("bell").ClickAsync();
        await page.Page.GetByTestId("event").GetByText("api failed · exit 7").ClickAsync();
        await page.ExpectTextAsync("panel-state", "Exited with code 7");
        await page.ExpectHiddenAsync("bell-count");
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(0);
        Assert.Empty(page.Errors);
    }

    // Every line that was in view before is what the pointer meets.
    private static Task ExpectUncoveredAsync(BrowserPage page) => page.WaitForAsync(
        "() => { const l = document.querySelector('.line[data-p=web]:not(.notice)'), r = l.getBoundingClientRect(); return l.contains(document.elementFromPoint(r.left + 20, r.top + r.height / 2)); }");

    [Fact(Timeout = Timeout)]
    public async Task A_failure_is_notified_by_the_browser_while_the_page_is_hidden_where_that_was_asked_for()
    {
        using var folder = new TestFolder("web: until [ -e web.go ]; do sleep 0.1; done; exit 3", "api: until [ -e api.go ]; do sleep 0.1; done; exit 3");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-api", "s");
        await page.Page.Context.GrantPermissionsAsync(["notifications"]);
        await page.Page.EvaluateAsync(
            """
            () => {
              window.notified = [];
              window.Notification = class { static permission = "granted"; constructor(title, options) { window.notified.push(title + "|" + options.body); } };
            }
            """);
        File.WriteAllText(Path.Combine(folder.Folder.Root, "web.go"), "");
        await page.ExpectTextAsync("bell-count", "1");
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => window.notified"));

        await page.ChooseAsync("more", "notify");
        await page.WaitForAsync("() => Object.keys(localStorage).some(key => localStorage.getItem(key).includes('\"notify\":true'))");
        await page.Page.EvaluateAsync("() => Object.defineProperty(document, 'hidden', { get: () => true })");
        File.WriteAllText(Path.Combine(folder.Folder.Root, "api.go"), "");
        await page.WaitForAsync("() => window.notified.length === 1");
        Assert.Matches($"^✕ .*api.*[|]{folder.Folder.Name}$", (await page.Page.EvaluateAsync<string[]>("() => window.notified"))[0]);
        Assert.Empty(page.Errors);
    }

    private static async Task ExpectLargeAsync(BrowserPage page, string selector)
    {
        foreach (var target in await page.Page.Locator(selector).AllAsync())
        {
            if (!await target.IsVisibleAsync()) continue;
            var box = (await target.BoundingBoxAsync())!;
            Assert.True(box is { Width: >= 44, Height: >= 44 }, $"{await target.GetAttributeAsync("data-testid")} is {box.Width} × {box.Height}");
        }
    }
}
