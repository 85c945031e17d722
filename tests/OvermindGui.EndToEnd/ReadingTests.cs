using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OvermindGui.Core.Levels;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Reading the log: times, levels, places, selection, what is folded, links and menus.</summary>
[Collection(BrowserTests.Name)]
public class ReadingTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    private const string Middle =
        "() => { const r = document.querySelector('[data-testid=log]').getBoundingClientRect();" +
        " const e = document.elementFromPoint(r.left + 400, r.top + r.height / 2).closest('.line');" +
        " return [Number(e.dataset.id), Math.round(e.getBoundingClientRect().top)]; }";

    [Fact(Timeout = Timeout)]
    public async Task Each_line_shows_its_time_in_the_form_that_is_chosen_and_remembered_and_no_copy_has_it()
    {
        using var log = new StoredLog();
        log.Append("web", "hello");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        var line = page.LinesOf("web").First;
        await Assertions.Expect(line).ToHaveAttributeAsync("data-s", new Regex(@"^\d\d:\d\d:\d\d\.000$"));
        Assert.Equal("hello", await line.TextContentAsync());

        await ChooseAsync(page, "times", "menu-utc");
        await Assertions.Expect(line).ToHaveAttributeAsync("data-s", "22:13:20.000");
        await ChooseAsync(page, "times", "menu-datetime");
        await Assertions.Expect(line).ToHaveAttributeAsync("data-s", "2023-11-14 22:13:20.000");
        await page.WaitForAsync("() => localStorage.getItem('overmind-gui-view')?.includes('DateTime')");
        await page.Page.ReloadAsync();
        await Assertions.Expect(line).ToHaveAttributeAsync("data-s", "2023-11-14 22:13:20.000");
        await line.HoverAsync();
        await Assertions.Expect(line).ToHaveAttributeAsync("title", new Regex("2023-11-14T22:13:20.000Z"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Levels_are_an_edge_of_their_lines_and_choose_which_lines_are_shown()
    {
        using var log = new StoredLog();
        log.Append("web", "one");
        log.Append("web", "it failed", level: LineLevel.Error);
        log.Append("web", "careful", level: LineLevel.Warn);
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();
        Assert.NotEqual(await EdgeOf(page, "one"), await EdgeOf(page, "it failed"));
        Assert.NotEqual(await EdgeOf(page, "careful"), await EdgeOf(page, "it failed"));
        await page.ExpectTextAsync("level-error", "1");

        await page.By("level-error").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["it failed"]);
        await page.By("level-warn").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["it failed", "careful"]);
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("levels=error(,|%2C)warn"));
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["it failed", "careful"]);
        await page.By("level-error").ClickAsync();
        await page.By("level-warn").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["one", "it failed", "careful"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_press_on_a_line_pauses_and_what_is_selected_stays_where_it_is_while_lines_come()
    {
        using var folder = new TestFolder("web: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.01; done");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => document.querySelectorAll('.line').length > 100");
        var box = (await page.By("log").BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + 400, box.Y + (box.Height / 2));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box.X + 500, box.Y + (box.Height / 2) + 60, new() { Steps = 5 });
        await page.Page.Mouse.UpAsync();
        await page.ExpectVisibleAsync("new-lines");
        const string selected = "() => getSelection().toString() + '@' + Math.round(getSelection().getRangeAt(0).getBoundingClientRect().top)";
        var before = await page.Page.EvaluateAsync<string>(selected);
        Assert.Contains("line", before, StringComparison.Ordinal);
        await page.WaitForAsync("() => parseInt(document.querySelector('[data-testid=new-lines]').textContent.replace(/\\D/g, '')) > 150");
        Assert.Equal(before, await page.Page.EvaluateAsync<string>(selected));
        await page.Page.Keyboard.PressAsync("End");
        await page.ExpectHiddenAsync("new-lines");
    }

    [Fact(Timeout = Timeout)]
    public async Task The_line_in_the_middle_stays_through_a_filter_and_its_end_and_through_wrapping()
    {
        using var log = new StoredLog();
        log.AppendMany("web", Enumerable.Range(1, 5_000).Select(n => $"line {n} {(n % 3 == 0 ? "fizz" : "")} {new string('x', n % 50 == 0 ? 600 : 10)}"));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();
        await page.By("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -6_000);
        await page.ExpectVisibleAsync("new-lines");
        var before = await StableMiddleAsync(page);

        await page.By("filter-mode").ClickAsync();
        await page.By("search").FillAsync("fizz");
        await page.WaitForAsync("() => [...document.querySelectorAll('.line')].every(l => l.textContent.includes('fizz'))");
        var filtered = await StableMiddleAsync(page);
        Assert.InRange(filtered[0] - before[0], -3, 3);
        await page.By("search-clear").ClickAsync();
        await page.WaitForAsync("() => [...document.querySelectorAll('.line')].some(l => !l.textContent.includes('fizz'))");
        var after = await StableMiddleAsync(page);
        Assert.InRange(after[0] - before[0], -3, 3);
        Assert.InRange(after[1] - before[1], -45, 45);

        await page.By("wrap").ClickAsync();
        await Assertions.Expect(page.By("wrap")).ToHaveAttributeAsync("aria-pressed", "false");
        var unwrapped = await StableMiddleAsync(page);
        Assert.InRange(unwrapped[0] - after[0], -1, 1);
        await page.Page.SetViewportSizeAsync(900, 900);
        await page.By("wrap").ClickAsync();
        await Assertions.Expect(page.By("wrap")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.InRange((await StableMiddleAsync(page))[0] - after[0], -2, 2);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_filtered_line_is_shown_in_its_context_at_the_same_place()
    {
        using var log = new StoredLog();
        log.AppendMany("web", Enumerable.Range(1, 3_000).Select(n => n % 100 == 0 ? $"needle {n}" : $"line {n}"));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address, width: 1400, height: 700);
        await page.LinesOf("web").Last.WaitForAsync();
        await page.By("filter-mode").ClickAsync();
        await page.By("search").FillAsync("needle");
        var hit = page.LinesOf("web").GetByText("needle 1500", new() { Exact = true });
        await hit.WaitForAsync();
        await page.WaitForAsync("() => document.querySelectorAll('.line').length === 30");
        var top = (await page.SettledBoxAsync(hit)).Y;
        await hit.ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-context").ClickAsync();
        await page.LinesOf("web").GetByText("line 1499", new() { Exact = true }).WaitForAsync();
        await Assertions.Expect(hit).ToBeInViewportAsync();
        Assert.InRange((await page.SettledBoxAsync(hit)).Y - top, -3, 3);
        await Assertions.Expect(page.By("search")).ToHaveValueAsync("needle");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stack_trace_is_folded_opens_and_is_copied_whole()
    {
        using var log = new StoredLog();
        log.Append("web", "Error: x", level: LineLevel.Error);
        for (var i = 0; i < 8; i++) log.Append("web", $"    at f{i} (/app/a.js:{i}:1)", level: LineLevel.Error, continues: true);
        log.Append("web", "ready");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.Locator("button.frames").WaitForAsync();
        Assert.Equal("▸ 6 more lines", await page.Page.Locator("button.frames").TextContentAsync());
        await Assertions.Expect(page.LinesOf("web").GetByText("at f5")).ToBeHiddenAsync();

        await CopyAllAsync(page);
        await ExpectClipboardAsync(page, "Error: x\n" + string.Concat(Enumerable.Range(0, 8).Select(i => $"    at f{i} (/app/a.js:{i}:1)\n")) + "ready");
        await page.Page.Locator("button.frames").ClickAsync();
        await Assertions.Expect(page.LinesOf("web").GetByText("at f5")).ToBeVisibleAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_search_opens_the_fold_that_holds_its_hit()
    {
        using var log = new StoredLog();
        log.Append("web", "Error: x", level: LineLevel.Error);
        for (var i = 0; i < 8; i++) log.Append("web", $"    at f{i} (/app/a.js:{i}:1)", level: LineLevel.Error, continues: true);
        log.Append("web", new string('x', 3_000) + " deep end");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.Page.Locator("button.frames").WaitForAsync();
        await Assertions.Expect(page.Page.Locator("button.whole")).ToHaveTextAsync("+1,009");
        await page.By("search").FillAsync("at f6");
        await Assertions.Expect(page.LinesOf("web").GetByText("at f6")).ToBeVisibleAsync();
        await page.By("search").FillAsync("deep end");
        await Assertions.Expect(page.Page.Locator(".line.open")).ToHaveCountAsync(1);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_longer_than_the_page_holds_is_copied_whole_and_opens_for_a_hit_in_it()
    {
        var text = string.Concat(Enumerable.Range(0, 5_000).Select(n => $"{n:D5} ")) + "the end";
        using var log = new StoredLog();
        log.Append("web", text);
        log.Append("web", "short");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();
        await CopyAllAsync(page);
        await ExpectClipboardAsync(page, $"{text}\nshort");

        await page.By("search").FillAsync("the end");
        await page.WaitForAsync("() => [...(CSS.highlights.get('overmind-current-hit') ?? [])].some(r => r.toString() === 'the end')");
        await page.WaitForAsync(
            "() => { const l = document.querySelector('[data-testid=log]').getBoundingClientRect(), [hit] = CSS.highlights.get('overmind-current-hit'), h = hit.getBoundingClientRect(); return h.top >= l.top && h.bottom <= l.bottom; }");
    }

    [Fact(Timeout = Timeout)]
    public async Task The_fields_of_json_are_read_as_a_sentence_open_as_a_tree_and_are_copied_as_printed()
    {
        const string json = """{"level":50,"time":1,"msg":"payment declined","order":8123}""";
        const string nested = """{"msg":"paid","customer":{"id":4411,"address":{"city":"Utrecht","street":"Oudegracht 1","zip":"3511"},"plan":"the needle"}}""";
        using var log = new StoredLog();
        log.Append("web", json, level: LineLevel.Error);
        log.Append("web", "plain");
        log.Append("web", nested);
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        var line = page.LinesOf("web").First;
        await line.WaitForAsync();
        Assert.Equal("payment declined 8123", await VisibleTextAsync(line));
        await CopyAllAsync(page);
        await ExpectClipboardAsync(page, $"{json}\nplain\n{nested}");

        const string IsShortened = "() => { const v = document.querySelector('.fs > .f > .v.o'); return v.clientHeight < 30 && v.scrollWidth > v.clientWidth; }";
        await page.WaitForAsync(IsShortened);
        await page.By("search").FillAsync("needle"); // found where it was not seen
        await page.WaitForAsync($"() => [...(CSS.highlights.get('overmind-current-hit') ?? [])].length === 1 && !({IsShortened})()");

        await line.Locator("button.tree").ClickAsync();
        await Assertions.Expect(line.Locator(".less .v")).ToBeVisibleAsync();
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        await page.WaitForAsync("() => document.activeElement !== document.body && !document.activeElement.closest('.log')"); // one stop, whatever is in its lines
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.By("raw")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Page.Locator(".log-frame.raw")).ToHaveCountAsync(1);
        await Assertions.Expect(line.Locator(".p").First).ToBeVisibleAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Home_goes_to_the_first_line_stored_and_from_there_nothing_is_missing_to_the_end()
    {
        using var log = new StoredLog();
        log.AppendMany("web", Enumerable.Range(1, 2_500).Select(n => $"line {n}"));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").GetByText("line 2500", new() { Exact = true }).WaitForAsync();
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.LinesOf("web").GetByText("many follow")).ToBeInViewportAsync();
        while (await page.LinesOf("web").GetByText("line 2500", new() { Exact = true }).CountAsync() == 0)
        {
            var height = await page.By("log").EvaluateAsync<int>("e => { e.scrollTop = e.scrollHeight; return e.scrollHeight; }");
            await page.WaitForAsync($"() => document.querySelector('[data-testid=log]').scrollHeight !== {height} || document.querySelector('.lines').dataset.below === 'false'");
        }

        var ids = await page.Page.EvaluateAsync<long[]>("() => [...document.querySelectorAll('.line')].map(l => Number(l.dataset.id))");
        Assert.Equal(Enumerable.Range(1, 2_501).Select(n => (long)n), ids);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_to_a_line_opens_the_history_around_it_and_says_when_it_is_gone()
    {
        using var log = new StoredLog();
        log.AppendMany("web", Enumerable.Range(1, 4_000).Select(n => $"line {n}"));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.LinesOf("web").Last.ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-copy-link").ClickAsync();
        await page.WaitForAsync("async () => (await navigator.clipboard.readText()).endsWith('/?line=0:4001')");

        await page.Page.GotoAsync(new Uri(server.Address, "/?line=1501").ToString());
        await Assertions.Expect(page.LinesOf("web").GetByText("line 1500", new() { Exact = true })).ToBeInViewportAsync();
        await Assertions.Expect(page.Page.Locator(".line.target")).ToHaveTextAsync("line 1500");
        await page.ExpectVisibleAsync("new-lines"); // it stands still there

        await page.Page.GotoAsync(new Uri(server.Address, "/?line=999999").ToString());
        await page.ExpectVisibleAsync("target-missing");
        await Assertions.Expect(page.LinesOf("web").Last).ToBeInViewportAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_details_of_a_line_stand_beside_the_log_with_its_fields()
    {
        using var log = new StoredLog();
        var id = log.Append("web", """{"level":"error","msg":"declined","order":{"id":8123}}""");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-line-details").ClickAsync();
        await Assertions.Expect(page.By("line-fields").GetByRole(AriaRole.Row)).ToHaveTextAsync(["levelerror", "msgdeclined", "order.id8123"]);
        await page.WaitForAsync($"() => new URL(location.href).searchParams.get('panel') === 'line:{id}'");
        await page.Page.ReloadAsync();
        await page.ExpectTextAsync("line-panel", "declined");
        await page.By("line-context").ClickAsync();
        await Assertions.Expect(page.Page.Locator(".line.target")).ToContainTextAsync("declined");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_place_in_a_source_file_opens_in_the_chosen_editor_and_an_address_in_a_new_tab()
    {
        using var log = new StoredLog();
        File.WriteAllText(Path.Combine(log.Folder.Root, "app.js"), "");
        log.Append("web", "at app.js:12:3 and other.js:1:1");
        log.Append("web", "see http://localhost:5000/x?y=1). and http://example.com/a,");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await Assertions.Expect(page.LinesOf("web").Last.Locator("a")).ToHaveTextAsync(["http://localhost:5000/x?y=1", "http://example.com/a"]);
        await Assertions.Expect(page.LinesOf("web").Last.Locator("a").First).ToHaveAttributeAsync("target", "_blank");
        await page.LinesOf("web").First.HoverAsync();
        await page.ChooseAsync("view-options", "menu-editor-zed");
        await page.WaitForAsync("() => localStorage.getItem('overmind-gui-view')?.includes('Zed')");
        await page.Page.ReloadAsync();
        await page.LinesOf("web").First.HoverAsync();
        await Assertions.Expect(page.LinesOf("web").First.Locator("a.file")).ToHaveTextAsync(["app.js:12:3"]);
        await Assertions.Expect(page.LinesOf("web").First.Locator("a.file")).ToHaveAttributeAsync("href", $"zed://file{log.Folder.Root}/app.js:12:3");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Hits_in_hidden_processes_are_reported()
    {
        using var log = new StoredLog("web: x", "api: x");
        log.Append("web", "nothing");
        log.Append("api", "a needle");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?hide=api"));
        await page.LinesOf("web").First.WaitForAsync();
        await page.By("search").FillAsync("needle");
        await page.ExpectTextAsync("hidden-hits", "1 more in 1 hidden process");
        await page.By("hidden-hits").ClickAsync();
        await page.LinesOf("api").GetByText("a needle").WaitForAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Expressions_case_words_and_exclusion_decide_what_is_shown()
    {
        using var log = new StoredLog();
        foreach (var text in new[] { "GET /a 200", "get /b 500", "GET /c 500", "target" }) log.Append("web", text);
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();
        var regex = (await page.SettledBoxAsync(page.By("search-regex"))).X;
        await page.By("filter-mode").ClickAsync();
        await page.ExpectVisibleAsync("search-exclude");
        await page.By("search-regex").ClickAsync();
        await Assertions.Expect(page.By("search-regex")).ToHaveAttributeAsync("aria-pressed", "true");
        await page.By("search").FillAsync("^get.*5\\d\\d$");
        await page.ExpectVisibleAsync("search-clear");
        Assert.Equal(regex, (await page.SettledBoxAsync(page.By("search-regex"))).X, 1f);
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["get /b 500", "GET /c 500"]);
        await page.By("search-case").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["get /b 500"]);
        await page.By("search-exclude").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["GET /a 200", "GET /c 500", "target"]);
        await page.By("search").FillAsync("(");
        await page.ExpectTextAsync("search-summary", "Invalid pattern");
        await page.By("search-regex").ClickAsync();
        await page.By("search-exclude").ClickAsync();
        await page.By("search").FillAsync("get");
        await page.By("search-word").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["get /b 500"]);
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("match=case(,|%2C)word"));
    }

    private static async Task ChooseAsync(BrowserPage page, string button, string entry)
    {
        await page.By(button).ClickAsync();
        await page.By(entry).ClickAsync();
    }

    private static async Task CopyAllAsync(BrowserPage page)
    {
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("Control+a");
        await page.Page.Keyboard.PressAsync("Control+c");
    }

    // It is written a moment after the keys, where the server has to be asked for whole lines.
    private static async Task ExpectClipboardAsync(BrowserPage page, string text)
    {
        await page.WaitForAsync($"async () => (await navigator.clipboard.readText()).length === {text.Length}");
        Assert.Equal(text, await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }

    private static Task<string> EdgeOf(BrowserPage page, string text) =>
        page.LinesOf("web").GetByText(text, new() { Exact = true }).EvaluateAsync<string>("e => getComputedStyle(e).borderLeftColor");

    // Of its pieces of text those that are seen, without our button.
    private static Task<string> VisibleTextAsync(ILocator line) => line.EvaluateAsync<string>(
        "e => [...e.querySelectorAll('.v')].filter(v => v.getClientRects().length > 0).map(v => v.textContent).join(' ')");

    /// <summary>The line in the middle and its height, once it is the same in two looks.</summary>
    private static async Task<long[]> StableMiddleAsync(BrowserPage page)
    {
        long[] before = [];
        while (true)
        {
            var now = await page.Page.EvaluateAsync<long[]>(Middle);
            if (now.SequenceEqual(before)) return now;
            before = now;
            await page.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 250))");
        }
    }
}
