using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Looking into runs that have ended.</summary>
[Collection(BrowserTests.Name)]
public class HistoryTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_hit_in_a_run_of_last_week_opens_in_its_context()
    {
        var week = DateTimeOffset.UtcNow.AddDays(-7);
        using var log = new StoredLog("web: true");
        foreach (var text in new[] { "before", "needle in the hay", "after" }) log.Append("web", text, time: week);
        log.AddRun("web", 1, week.AddSeconds(-1), week.AddSeconds(5), exitCode: 3);
        log.AppendMany("web", Enumerable.Range(1, 20_000).Select(i => $"line {i}"));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await page.By("search").FillAsync("needle");
        await page.ExpectTextAsync("search-summary", "1 of 1");
        await page.By("search").PressAsync("Enter");
        var hit = page.LinesOf("web").GetByText("needle in the hay", new() { Exact = true });
        await Assertions.Expect(hit).ToBeInViewportAsync();
        await Assertions.Expect(page.LinesOf("web").GetByText("before", new() { Exact = true })).ToBeInViewportAsync();

        await page.Page.GotoAsync(new Uri(server.Address, "/?run=1&filter=needle").ToString());
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["needle in the hay"]);
        await hit.ClickAsync(new() { Button = MouseButton.Right });
        await page.By("menu-context").ClickAsync();
        await Assertions.Expect(page.LinesOf("web").GetByText("after", new() { Exact = true })).ToBeInViewportAsync();
        await Assertions.Expect(hit).ToBeInViewportAsync();
        await Assertions.Expect(hit).ToHaveClassAsync(new Regex(@"\btarget\b")); // the eye finds it again
        await Assertions.Expect(page.Page).Not.ToHaveURLAsync(new Regex("run="));
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_runs_are_compared_in_the_page_and_on_the_command_line()
    {
        using var folder = new TestFolder("web: n=$(cat n 2>/dev/null); echo x >> n; echo attempt $$; if [ -z \"$n\" ]; then echo connected; else echo refused; fi; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await server.WaitForAsync("web", process => process.LineCount >= 3);
        Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "restart", "web")).ExitCode);
        await server.WaitForAsync("web", process => process.LineCount >= 7);

        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?panel=web&hide=system"));
        await page.By("compare-2").ClickAsync();
        await page.ExpectTextAsync("compare-summary", "1 line in both, 1 only in run #1, 1 only in run #2");
        await Assertions.Expect(page.Page.Locator(".row.left .text[data-sign]")).ToHaveTextAsync("connected");
        await Assertions.Expect(page.Page.Locator(".row.right .text[data-sign]")).ToHaveTextAsync("refused");
        Assert.Empty((await page.Page.RunAxe()).Violations.Select(v => $"{v.Id} at {string.Join(", ", v.Nodes.Take(3).Select(n => n.Html))}"));
        await page.By("back").ClickAsync();
        await page.ExpectVisibleAsync("runs");
        await Assertions.Expect(page.Page).ToHaveURLAsync(new Regex("hide=system"));
        Assert.Empty(page.Errors);

        var compared = await Cli.RunAsync(folder.Folder.Root, "runs", "compare", "web");
        Assert.Matches(@"(?m)^- +\+\d\.\d{3} +connected$", compared.Output);
        Assert.Matches(@"(?m)^\+ +\+\d\.\d{3}  refused$", compared.Output);
    }
}
