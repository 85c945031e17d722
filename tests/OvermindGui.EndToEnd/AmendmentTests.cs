using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Lines that change in place: a prompt that grows, a progress bar.</summary>
[Collection(BrowserTests.Name)]
public class AmendmentTests(Chromium chromium)
{
    private const int Timeout = 120_000;
    private const string Log = "document.querySelector('[data-testid=log]')";
    private const string Place = "() => " + Log + ".scrollTop + '/' + " + Log + ".scrollHeight";

    private const string AtEnd = "() => { const l = " + Log + "; return l && l.scrollHeight - l.clientHeight - l.scrollTop < 3 && l.scrollTop > 0; }";

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_is_one_line_with_its_last_text_and_its_neighbours_are_not_touched()
    {
        using var log = new StoredLog();
        log.Append("web", "before");
        var progress = log.Append("web", "0 %");
        log.Append("web", "after");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["before", "0 %", "after"]);
        await page.Page.EvaluateAsync("() => document.querySelectorAll('.line, .block').forEach(e => e.mark = e.textContent)");

        for (var percent = 1; percent <= 100; percent++) log.Amend(progress, $"{percent} %");

        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["before", "100 %", "after"]);
        Assert.Equal(
            ["before", "", "after"],
            await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.line')].map(l => l.mark ?? '')"));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.querySelector('.block').mark !== undefined"));
        Assert.Equal(1, await page.Page.Locator(".block").CountAsync());
        Assert.Empty(page.Errors);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(3)] // few lines: each is put in by itself
    [InlineData(40)] // many: their block is taken apart when its first line changes
    public async Task A_selection_survives_the_spinner_in_the_same_block(int lines)
    {
        using var log = new StoredLog();
        for (var n = 1; n < lines; n++) log.Append("web", $"selectable {n}");
        var spinner = log.Append("web", "working |");
        log.Append("web", "at the end");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").GetByText("at the end").WaitForAsync();
        Assert.Equal(1, await page.Page.Locator(".block").CountAsync());
        log.Amend(spinner, "working /");
        await page.LinesOf("web").GetByText("working /").WaitForAsync();

        // By script: a press would pause, and then nothing changes at all.
        await page.LinesOf("web").GetByText($"selectable {lines - 1}", new() { Exact = true }).EvaluateAsync("line => getSelection().selectAllChildren(line)");
        var selected = await SelectionAsync(page);
        Assert.Equal($"selectable {lines - 1}", selected.Trim()); // the neighbour of the spinner

        for (var turn = 0; turn < 20; turn++)
        {
            log.Amend(spinner, $"working {turn}");
            await page.LinesOf("web").GetByText($"working {turn}", new() { Exact = true }).WaitForAsync();
            Assert.Equal(selected, await SelectionAsync(page));
        }

        await page.ExpectHiddenAsync("new-lines"); // it has followed all the time
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_moves_in_a_page_that_stands_still_and_it_catches_up_on_resuming()
    {
        using var log = new StoredLog();
        var first = 0L;
        for (var n = 1; n <= 200; n++) first = log.Append("web", $"line {n}");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").GetByText("line 200", new() { Exact = true }).WaitForAsync();
        await page.By("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -300);
        await page.ExpectVisibleAsync("new-lines");
        await page.ExpectStillAsync();
        var place = await page.Page.EvaluateAsync<string>(Place);

        // Each of them would wrap, in view, above it and below it.
        foreach (var id in (long[])[first - 199, first - 100, first - 30, first - 20, first]) log.Amend(id, $"changed {id} {new string('x', 2_000)}");
        log.Append("web", "line 201");
        await page.ExpectTextAsync("new-lines", "1 new line"); // the page has read past the changes
        Assert.Equal(place, await page.Page.EvaluateAsync<string>(Place));
        Assert.Equal(0, await page.LinesOf("web").GetByText("changed").CountAsync());

        await page.By("new-lines").ClickAsync();
        await Assertions.Expect(page.LinesOf("web").GetByText("changed")).ToHaveCountAsync(5);
        await page.LinesOf("web").GetByText("line 201", new() { Exact = true }).WaitForAsync();
        await page.WaitForAsync(AtEnd);
        Assert.Equal(201, await page.LinesOf("web").CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task The_end_stays_in_view_when_a_line_that_changes_takes_more_rows()
    {
        using var log = new StoredLog();
        for (var n = 1; n <= 100; n++) log.Append("web", $"line {n}");
        var growing = log.Append("web", "?");
        log.Append("web", "last");
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync(AtEnd);
        // Observers run in the order of their making: this one sees each frame as it is painted, behind the page's own.
        await page.Page.EvaluateAsync(
            $"() => {{ const log = {Log}; window.away = 0; window.seen = 0; new ResizeObserver(() => {{ window.seen++;" +
            " if (log.scrollHeight - log.clientHeight - log.scrollTop > 3) window.away++; }).observe(log.querySelector('.lines')); }");

        for (var length = 100; length <= 2_000; length += 100)
        {
            log.Amend(growing, new string('x', length));
            await page.WaitForAsync($"() => document.querySelector('.line[data-id=\"{growing}\"]').textContent.length === {length}");
        }

        log.Amend(growing, "short again");
        await page.LinesOf("web").GetByText("short again").WaitForAsync();
        await page.WaitForAsync(AtEnd);
        Assert.InRange(await page.Page.EvaluateAsync<int>("() => window.seen"), 5, int.MaxValue); // rows differ by the machine's font
        Assert.Equal(0, await page.Page.EvaluateAsync<int>("() => window.away"));
        await page.ExpectHiddenAsync("new-lines");
    }

    private static Task<string> SelectionAsync(BrowserPage page) => page.Page.EvaluateAsync<string>("() => getSelection().toString()");
}
