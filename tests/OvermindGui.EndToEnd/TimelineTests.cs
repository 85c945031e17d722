using System.Globalization;
using Microsoft.Playwright;
using OvermindGui.Core.Levels;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The lines over time above the log, and the ways to a moment.</summary>
[Collection(BrowserTests.Name)]
public class TimelineTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact(Timeout = Timeout)]
    public async Task A_bar_leads_to_its_line_and_a_drag_shows_only_the_lines_of_the_range()
    {
        using var log = Log();
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.WaitForAsync("() => document.querySelector('[data-testid=timeline] path.error')?.getAttribute('d')?.length > 0");

        // Up to the press the bars may move on by one.
        var (x, y) = await PlaceAsync(page, Now.AddMinutes(-30).AddSeconds(-25));
        await page.Page.Mouse.ClickAsync(x, y);
        await Assertions.Expect(page.Page.Locator(".line.target")).ToHaveTextAsync("it failed");

        var (end, _) = await PlaceAsync(page, Now.AddMinutes(-10));
        (x, _) = await PlaceAsync(page, Now.AddMinutes(-31));
        await page.Page.Mouse.MoveAsync(x, y);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(end, y, new() { Steps = 5 });
        await page.Page.Mouse.UpAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["it failed", "later"]);
        await Assertions.Expect(page.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("since="));
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["it failed", "later"]);
        await page.By("scope-range-clear").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(5);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_keys_walk_through_the_bars_and_say_what_is_there()
    {
        using var log = Log();
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.By("timeline-whole").ClickAsync();
        var bars = page.By("timeline-bars");
        await page.WaitForAsync("() => Number(document.querySelector('[data-testid=timeline-bars]').dataset.step) >= 3600000");
        await bars.FocusAsync();
        await bars.PressAsync("Home");
        await Assertions.Expect(bars).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex("1 line"));
        await bars.PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".line.target")).ToHaveTextAsync("last week");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_typed_time_and_an_address_lead_to_the_first_line_from_then_on()
    {
        using var log = Log();
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?at=-32m"));
        await Assertions.Expect(page.Page.Locator(".line.target")).ToHaveTextAsync("it failed");

        await page.ChooseAsync("times", "menu-go-to-time");
        await page.By("moment-input").FillAsync("soon");
        await page.By("moment-go").ClickAsync();
        await page.ExpectTextAsync("moment-problem", "expected a time such as 14:30");
        await page.By("moment-input").FillAsync(Now.AddMinutes(-11).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        await page.By("moment-input").PressAsync("Enter");
        await Assertions.Expect(page.Page.Locator(".line.target")).ToHaveTextAsync("now");
    }

    private static StoredLog Log()
    {
        var log = new StoredLog("web: true");
        log.Append("web", "last week", time: Now.AddDays(-6));
        log.Append("web", "early", time: Now.AddMinutes(-50));
        log.Append("web", "it failed", level: LineLevel.Error, time: Now.AddMinutes(-30));
        log.Append("web", "later", time: Now.AddMinutes(-15));
        log.Append("web", "now", time: Now);
        log.Count();
        return log;
    }

    private static async Task<(float X, float Y)> PlaceAsync(BrowserPage page, DateTimeOffset time)
    {
        var bars = page.By("timeline-bars");
        var box = (await bars.BoundingBoxAsync())!;
        var shares = await bars.EvaluateAsync<double>(
            "(bars, time) => (Math.floor((time - Number(bars.dataset.from)) / Number(bars.dataset.step)) + .5) / (Number(bars.getAttribute('aria-valuemax')) + 1)", time.ToUnixTimeMilliseconds());
        return ((float)(box.X + box.Width * shares), box.Y + box.Height / 2);
    }
}
