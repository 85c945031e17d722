using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Filter and search, over what is loaded and what is not.</summary>
[Collection(BrowserTests.Name)]
public class SearchTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    private const string Log = "document.querySelector('[data-testid=log]')";

    [Fact(Timeout = Timeout)]
    public async Task A_hit_that_is_not_loaded_is_found_brought_into_view_and_marked_without_a_change_of_its_markup()
    {
        using var log = new StoredLog();
        log.Append("web", "an Error long ago", """[[0,3,""],[3,3,"f1"],[6,11,""]]""");
        log.AppendMany("web", Numbers(20_000));
        log.Append("web", "another error");
        log.AppendMany("web", Numbers(200));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();

        await page.By("search").FillAsync("error");
        await page.ExpectTextAsync("search-summary", "1 of 2");
        await InViewAsync(page, "another error");
        await page.ExpectVisibleAsync("new-lines"); // it stands still there

        await page.By("search").PressAsync("Enter");
        await page.ExpectTextAsync("search-summary", "2 of 2");
        await InViewAsync(page, "an Error long ago");
        await page.WaitForAsync("() => [...(CSS.highlights.get('overmind-current-hit') ?? [])].map(range => range.toString()).join() === 'Error'"); // across two spans
        Assert.Equal(
            "<i data-p=\"web\"></i>an <span class=\"f1\">Err</span>or long ago",
            await page.LinesOf("web").GetByText("an Error long ago").EvaluateAsync<string>("e => e.innerHTML"));

        await page.By("search").PressAsync("Enter"); // around the end
        await page.ExpectTextAsync("search-summary", "1 of 2");
        await InViewAsync(page, "another error");
        await page.By("search").PressAsync("Shift+Enter");
        await page.ExpectTextAsync("search-summary", "2 of 2");
        await page.By("search-older").ClickAsync();
        await page.ExpectTextAsync("search-summary", "1 of 2");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task From_a_hit_far_back_one_scrolls_down_to_the_end_without_a_hole_and_follows_again()
    {
        using var log = new StoredLog();
        log.Append("web", "the needle");
        log.AppendMany("web", Numbers(3_000));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").GetByText("line 3000", new() { Exact = true }).WaitForAsync();
        await page.By("search").FillAsync("needle");
        await InViewAsync(page, "the needle");
        log.Append("web", "came meanwhile");

        await page.By("log").HoverAsync();
        while (await page.LinesOf("web").GetByText("line 3000", new() { Exact = true }).CountAsync() == 0)
        {
            await page.By("log").EvaluateAsync("e => e.scrollTop = e.scrollHeight");
            await page.WaitForAsync($"() => {Log}.scrollHeight - {Log}.clientHeight - {Log}.scrollTop > 900 || document.querySelector('.lines').dataset.below === 'false'");
        }

        var ids = await page.Page.EvaluateAsync<long[]>("() => [...document.querySelectorAll('.line')].map(l => Number(l.dataset.id))");
        Assert.Equal(Enumerable.Range(1, ids.Length).Select(n => (long)n), ids);
        await page.By("new-lines").ClickAsync();
        await page.LinesOf("web").GetByText("came meanwhile").WaitForAsync();
        await page.ExpectHiddenAsync("new-lines");
    }

    [Fact(Timeout = Timeout)]
    public async Task Hits_are_counted_as_they_come_and_the_current_one_stays_where_it_is()
    {
        using var log = new StoredLog();
        log.Append("web", "hit 1");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();
        await page.By("search").FillAsync("HIT");
        await page.ExpectTextAsync("search-summary", "1 of 1");

        log.Append("web", "no");
        log.Append("web", "a hit and a hit");
        await page.ExpectTextAsync("search-summary", "2 of 2");
        await page.ExpectVisibleAsync("new-lines"); // the hit stays where it is
        await page.By("new-lines").ClickAsync();
        await page.WaitForAsync("() => CSS.highlights.get('overmind-hit')?.size === 2");
    }

    [Fact(Timeout = Timeout)]
    public async Task Keys_lead_to_the_search_and_out_of_it()
    {
        using var log = new StoredLog();
        log.Append("web", "some/path");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync();

        await page.ExpectKeysAsync();
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.By("search")).ToBeFocusedAsync();
        await page.Page.Keyboard.TypeAsync("e/p"); // here it is a character
        await page.ExpectTextAsync("search-summary", "1 of 1");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.By("search")).ToHaveValueAsync("");
        await Assertions.Expect(page.By("search")).ToBeFocusedAsync();
        await page.WaitForAsync("() => CSS.highlights.get('overmind-current-hit').size === 0");
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.By("log")).ToBeFocusedAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_filter_holds_for_history_and_what_comes_marks_its_hits_and_survives_a_reload()
    {
        using var log = new StoredLog();
        log.Append("web", "needle long ago");
        log.AppendMany("web", Numbers(15_000));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").Last.WaitForAsync();

        await page.By("filter-mode").ClickAsync();
        await page.By("search").FillAsync("NEEDLE");
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["needle long ago"], new() { Timeout = 30_000 });
        log.Append("web", "not this");
        log.Append("api", "a new needle");
        await Assertions.Expect(page.LinesOf("api")).ToHaveTextAsync(["a new needle"]);
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["needle long ago"]);

        await page.ExpectTextAsync("search-summary", " of 2");
        await page.Page.ReloadAsync();
        await page.ExpectTextAsync("search-summary", "1 of 2");
        await Assertions.Expect(page.By("search")).ToHaveValueAsync("NEEDLE");
        await Assertions.Expect(page.Page.Locator(".line")).ToHaveCountAsync(2);
        await page.WaitForAsync("() => (CSS.highlights.get('overmind-hit')?.size ?? 0) + (CSS.highlights.get('overmind-current-hit')?.size ?? 0) === 2");

        await page.By("search-clear").ClickAsync();
        await page.LinesOf("web").GetByText("not this").WaitForAsync();
        await page.By("search").FillAsync("no such thing");
        await page.ExpectTextAsync("log-empty", "No line matches the filter");
        await page.ExpectTextAsync("search-summary", "no hits");
    }

    [Fact(Timeout = Timeout)]
    public async Task The_field_is_in_reach_on_a_phone()
    {
        using var log = new StoredLog();
        log.AppendMany("web", Numbers(100));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address, 390, 844);
        await page.LinesOf("web").Last.WaitForAsync();
        await page.ExpectHiddenAsync("search"); // until there is something to look for
        await page.By("view-search").ClickAsync();
        await page.By("palette-input").FillAsync("line 1");
        await page.By("palette-search").Filter(new() { HasText = "line 1" }).ClickAsync();
        await page.ExpectTextAsync("search-summary", " of 12"); // 1, 10 to 19, 100
        foreach (var id in new[] { "search", "search-older", "search-newer", "search-clear" })
        {
            await page.By(id).ScrollIntoViewIfNeededAsync();
            var box = (await page.By(id).BoundingBoxAsync())!;
            Assert.InRange(box.X, 0, 391 - box.Width); // scrolled by fractions
        }

        Assert.Equal(390, await page.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(n => $"line {n}");

    private static async Task InViewAsync(BrowserPage page, string text) =>
        await Assertions.Expect(page.LinesOf("web").GetByText(text)).ToBeInViewportAsync(new() { Timeout = 30_000 });
}
