using System.Text.Json;
using Microsoft.Playwright;
using OvermindGui.Core.Contracts;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What only a browser can tell of links and styles in the log.</summary>
[Collection(CalmBrowserTests.Name)]
public class StyledLineTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_link_opens_a_page_of_its_own_that_knows_nothing_of_this_one()
    {
        using var log = new StoredLog();
        await using var target = new LinkTarget();
        log.Append("web", "see the report", Style(8, 6, target.Address.OriginalString));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        var link = page.LinesOf("web").GetByRole(AriaRole.Link, new() { Name = "report" });
        var byMouse = await page.Page.Context.RunAndWaitForPageAsync(() => link.ClickAsync());
        await page.By("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Page.Locator(".line.cursor")).ToHaveTextAsync("see the report"); // who uses keys sees where they are
        var byKey = await page.Page.Context.RunAndWaitForPageAsync(() => page.Page.Keyboard.PressAsync("Enter"));

        foreach (var opened in (IPage[])[byMouse, byKey])
        {
            await Assertions.Expect(opened).ToHaveTitleAsync("elsewhere");
            Assert.Equal(target.Address.AbsoluteUri, opened.Url);
            Assert.True(await opened.EvaluateAsync<bool>("() => window.opener === null && document.referrer === ''"));
        }

        Assert.NotEmpty(target.Referrers);
        Assert.All(target.Referrers, Assert.Null);
        Assert.Equal(server.Address.Authority, new Uri(page.Page.Url).Authority); // this page stays where it is
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_browser_would_run_is_text_and_no_link()
    {
        string[] targets =
        [
            "javascript:document.title='run'",
            "JavaScript://%0adocument.title='run'",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//elsewhere.example/",
            "https://elsewhere.example/\" onmouseover=\"document.title='run'",
        ];
        using var log = new StoredLog();
        foreach (var target in targets) log.Append("web", "press here", Style(0, 10, target));
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        var lines = page.LinesOf("web");
        await Assertions.Expect(lines).ToHaveTextAsync([.. targets.Select(_ => "press here")]);
        foreach (var line in await lines.AllAsync())
        {
            await line.ClickAsync();
            Assert.NotEqual("run", await page.Page.TitleAsync());
            Assert.Single(page.Page.Context.Pages);
        }

        Assert.Equal(0, await page.Page.Locator(".log a").CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task An_underline_has_its_kind_and_colour_in_a_link_as_in_other_text()
    {
        (string Classes, string Kind)[] underlines =
            [("underline", "solid"), ("underline double", "double"), ("underline curly", "wavy"), ("underline dotted", "dotted"), ("underline dashed", "dashed")];
        using var log = new StoredLog();
        foreach (var (classes, _) in underlines)
        {
            log.Append("web", "text", $"[[0,4,\"{classes}\",null,null,\"#808080\"]]");
            log.Append("web", "link", $"[[0,4,\"{classes}\",null,null,\"#808080\",\"https://example.com/\"]]");
        }

        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(2 * underlines.Length);

        foreach (var element in (string[])["span", "a"])
            foreach (var (i, (_, kind)) in underlines.Index())
            {
                var look = await page.LinesOf("web").Locator(element).Nth(i).EvaluateAsync<string[]>(
                    "e => { const s = getComputedStyle(e); return [s.textDecorationLine, s.textDecorationStyle, s.textDecorationColor, s.color]; }");
                Assert.Equal(["underline", kind], look[..2]);
                Assert.StartsWith("oklch(", look[2], StringComparison.Ordinal);
                Assert.NotEqual(look[3], look[2]);
            }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_of_stderr_says_so_to_who_points_at_it_and_to_who_listens()
    {
        using var log = new StoredLog();
        log.Append("web", "fine");
        log.Append("web", "went wrong", source: LineSource.StandardError);
        await using var server = await Server.StartDashboardAsync(log.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        var (fine, wrong) = (page.LinesOf("web").GetByText("fine"), page.LinesOf("web").GetByText("went wrong"));
        await fine.HoverAsync();
        await Assertions.Expect(fine).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("2023"));
        await wrong.HoverAsync();
        await Assertions.Expect(wrong).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("2023[^$]*stderr$"));
        Assert.DoesNotContain("stderr", (await fine.GetAttributeAsync("title"))!, StringComparison.Ordinal);

        // What a screen reader gets: the browser's own tree, where the style sheet's words are.
        var session = await page.Page.Context.NewCDPSessionAsync(page.Page);
        var tree = (await session.SendAsync("Accessibility.getFullAXTree"))!.Value.GetProperty("nodes").EnumerateArray()
            .Where(n => n.GetProperty("role").GetProperty("value").GetString() == "StaticText")
            .Select(n => n.GetProperty("name").GetProperty("value").GetString()!).ToList();
        Assert.Single(tree, "web stderr");
        Assert.Contains("web", tree); // of the other line
    }

    private static string Style(int start, int length, string target) => start == 0
        ? $"[[0,{length},\"\",null,null,null,{JsonSerializer.Serialize(target)}]]"
        : $"[[0,{start},\"\"],[{start},{length},\"\",null,null,null,{JsonSerializer.Serialize(target)}]]";
}
