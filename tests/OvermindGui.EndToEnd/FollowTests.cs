using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(BrowserTests.Name)]
public class FollowTests(Chromium chromium)
{
    private const int Timeout = 120_000;
    private const string AtEnd = "() => { const l = document.querySelector('[data-testid=log]'); return l && l.scrollHeight - l.clientHeight - l.scrollTop < 3 && l.scrollTop > 0; }";

    private const string TextOfGap = "(document.querySelector('.gap span')?.textContent ?? '')";

    // The text of the line at the middle of the log, and where it stands.
    private const string MiddleLine =
        "() => { const r = document.querySelector('[data-testid=log]').getBoundingClientRect();" +
        " const e = document.elementFromPoint(r.left + 200, r.top + r.height / 2).closest('.line');" +
        " return e.dataset.id + '@' + Math.round(e.getBoundingClientRect().top); }";

    [Fact(Timeout = Timeout)]
    public async Task The_page_follows_the_end_freezes_on_scrolling_up_and_resumes_by_the_button()
    {
        using var folder = new TestFolder("web: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.02; done");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => document.querySelectorAll('.line').length > 100");
        await page.WaitForAsync(AtEnd);

        await page.By("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -400);
        await page.ExpectVisibleAsync("new-lines");
        await Assertions.Expect(page.By("autoscroll")).ToHaveAttributeAsync("aria-checked", "false");
        await page.ExpectTextAsync("new-lines", "new line"); // lines came since
        await page.ExpectStillAsync();
        var before = await page.Page.EvaluateAsync<string>(MiddleLine);
        var count = await page.By("new-lines").TextContentAsync();
        await page.WaitForAsync($"() => document.querySelector('[data-testid=new-lines]').textContent.trim() !== '{count!.Trim()}'");
        Assert.Equal(before, await page.Page.EvaluateAsync<string>(MiddleLine));

        await page.By("new-lines").ClickAsync();
        await page.ExpectHiddenAsync("new-lines");
        await page.WaitForAsync(AtEnd);
        var newest = await NewestAsync(page);
        await page.WaitForAsync($"() => Number([...document.querySelectorAll('.line')].at(-1).dataset.id) > {newest}");
        await page.WaitForAsync(AtEnd);
    }

    [Fact(Timeout = Timeout)]
    public async Task In_a_flood_what_passes_unseen_is_not_laid_out_and_is_there_when_the_reader_pauses()
    {
        using var folder = new TestFolder("web: i=0; while :; do seq $i $((i+99)); i=$((i+100)); sleep 0.1; done");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => document.querySelectorAll('.block[hidden]').length > 3");
        await page.WaitForAsync(AtEnd);
        Assert.NotEqual("none", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.block[hidden]')).display"));

        await page.By("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -2000);
        await page.ExpectVisibleAsync("new-lines");
        await page.WaitForAsync("() => document.querySelectorAll('.block[hidden]').length === 0");
        await page.ExpectStillAsync();
        var middle = await page.Page.EvaluateAsync<string>(MiddleLine);
        await page.ExpectTextAsync("new-lines", "new line");
        Assert.Equal(middle, await page.Page.EvaluateAsync<string>(MiddleLine));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_end_key_and_the_switch_resume_too()
    {
        using var folder = new TestFolder("web: seq 1 500; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync(AtEnd);

        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("PageUp");
        await page.ExpectVisibleAsync("new-lines");
        await page.ExpectStillAsync(); // a page up that still moves would pause again
        await page.Page.Keyboard.PressAsync("End");
        await page.ExpectHiddenAsync("new-lines");
        await page.WaitForAsync(AtEnd);

        await page.By("autoscroll").ClickAsync();
        await page.ExpectVisibleAsync("new-lines");
        await page.By("autoscroll").ClickAsync();
        await page.ExpectHiddenAsync("new-lines");
        await page.WaitForAsync(AtEnd);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_the_reader_did_last_holds_when_an_earlier_switch_arrives_late()
    {
        using var folder = new TestFolder("web: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.02; done");
        await using var server = await Server.StartAsync(folder.Folder);
        var held = new HeldMessages();
        await using var page = await chromium.OpenAsync(server.Address, held: held);
        await page.WaitForAsync("() => document.querySelectorAll('.line').length > 100");
        await page.WaitForAsync(AtEnd);

        var isHeld = held.HoldFrom("follow");
        await page.By("autoscroll").ClickAsync();
        await isHeld;
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("PageUp");
        await page.Page.Keyboard.PressAsync("End");
        held.Release();

        await page.ExpectHiddenAsync("new-lines");
        var newest = await NewestAsync(page);
        await page.WaitForAsync($"() => Number([...document.querySelectorAll('.line')].at(-1).dataset.id) > {newest + 50}");
        await page.WaitForAsync(AtEnd);
    }

    [Fact(Timeout = Timeout)]
    public async Task Scrolling_to_the_top_loads_older_lines_down_to_the_first()
    {
        using var log = new StoredLog("web: true");
        log.AppendMany("web", Numbers(1, 12000));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => [...document.querySelectorAll('.line')].some(l => l.textContent === '12000')");
        await page.WaitForAsync(AtEnd);
        Assert.Equal(0, await page.LinesOf("web").GetByText("9000", new() { Exact = true }).CountAsync());

        await page.By("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -600);
        await page.ExpectVisibleAsync("new-lines");
        var oldest = await OldestAsync(page);
        await page.By("log").EvaluateAsync("e => e.scrollTop = 500");
        await page.WaitForAsync($"() => Number(document.querySelector('.line').dataset.id) < {oldest}");

        while (await OldestAsync(page) > 1)
        {
            oldest = await OldestAsync(page);
            await page.By("log").EvaluateAsync("e => e.scrollTop = 0");
            await page.WaitForAsync($"() => Number(document.querySelector('.line').dataset.id) < {oldest} || document.body.textContent.includes('Beginning of the history')");
        }

        var printed = await page.LinesOf("web").AllTextContentsAsync();
        Assert.Equal(Numbers(1, 12000).Prepend("many follow"), printed);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_flood_left_out_loads_by_scrolling_into_it_from_the_end_at_which_the_reader_arrives()
    {
        using var log = new StoredLog("web: true");
        log.AppendMany("web", Numbers(1, 100));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => [...document.querySelectorAll('.line')].some(l => l.textContent === '100')");
        log.AppendMany("web", Numbers(101, 6000));
        await page.WaitForAsync("() => [...document.querySelectorAll('.line')].some(l => l.textContent === '6000') && document.querySelector('.gap')");
        await page.By("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -600);
        await page.ExpectVisibleAsync("new-lines");

        var (first, text) = (await FirstOfGapAsync(page), await TextOfGapAsync(page));
        await ScrollToGapAsync(page, "start"); // at the top of the view: the reader comes from below
        await page.WaitForAsync($"() => {TextOfGap} !== '{text}'");
        Assert.Equal(first, await FirstOfGapAsync(page));

        await ScrollToGapAsync(page, "end");
        await page.WaitForAsync($"() => document.querySelector('.gap').dataset.first !== '{first}'");

        while (await TextOfGapAsync(page) is { Length: > 0 } left)
        {
            await ScrollToGapAsync(page, "center");
            await page.WaitForAsync($"() => {TextOfGap} !== '{left}'");
        }

        var printed = await page.LinesOf("web").AllTextContentsAsync();
        Assert.Equal(Numbers(1, 100).Prepend("many follow").Append("many follow").Concat(Numbers(101, 6000)), printed);
    }

    private static Task<string> TextOfGapAsync(BrowserPage page) => page.Page.EvaluateAsync<string>($"() => {TextOfGap}");

    private static Task<string> FirstOfGapAsync(BrowserPage page) =>
        page.Page.EvaluateAsync<string>("() => document.querySelector('.gap').dataset.first");

    private static async Task ScrollToGapAsync(BrowserPage page, string block) =>
        await page.Page.EvaluateAsync($"() => document.querySelector('.gap')?.scrollIntoView({{ block: '{block}' }})");

    private static IEnumerable<string> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => $"{i}");

    private static Task<long> OldestAsync(BrowserPage page) =>
        page.Page.EvaluateAsync<long>("() => Number(document.querySelector('.line').dataset.id)");

    private static Task<long> NewestAsync(BrowserPage page) =>
        page.Page.EvaluateAsync<long>("() => Number([...document.querySelectorAll('.line')].at(-1).dataset.id)");
}
