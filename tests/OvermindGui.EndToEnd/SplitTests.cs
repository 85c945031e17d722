using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>Several panes of the log beside each other.</summary>
[Collection(CalmBrowserTests.Name)]
public sealed class SplitTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Each_pane_has_its_own_selection_and_filter_in_the_address_and_Back_closes_it()
    {
        using var folder = new TestFolder("web: echo from web; echo twice; sleep 1000", "api: echo from api; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowAsync(Pane(page, 0), "from web", "from api");
        await page.ExpectHiddenAsync("pane-title");

        await page.By("split").ClickAsync();
        await Assertions.Expect(page.By("pane")).ToHaveCountAsync(2);
        await page.By("process-api").ClickAsync(); // acts on the new pane
        await ShowAsync(Pane(page, 1), "from api");
        await NotShowAsync(Pane(page, 1), "from web");
        await ShowAsync(Pane(page, 0), "from web", "from api");
        await page.ExpectQueryAsync("?panes=2&focus2=api");

        await Pane(page, 0).GetByTestId("filter-mode").ClickAsync();
        await Pane(page, 0).GetByTestId("search").FillAsync("twice");
        await NotShowAsync(Pane(page, 0), "from web");
        await ShowAsync(Pane(page, 1), "from api");
        await page.By("process-web").ClickAsync(); // the first one was used last
        await page.WaitForAsync("() => location.search.includes('focus=web')");

        await page.Page.ReloadAsync();
        await ShowAsync(Pane(page, 0), "twice");
        await NotShowAsync(Pane(page, 0), "from web");
        await ShowAsync(Pane(page, 1), "from api");

        await page.Page.GoBackAsync();
        await page.WaitForAsync("() => !location.search.includes('focus=web')");
        await page.Page.GoBackAsync();
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.By("pane")).ToHaveCountAsync(1);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task There_are_at_most_four_and_the_others_stay_where_they_are_when_one_is_closed()
    {
        using var folder = new TestFolder("web: for i in $(seq 1 3000); do echo line $i; done; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await ShowAsync(Pane(page, 0), "line 3000");
        foreach (var width in new[] { 1200, 1240, 1400 })
        {
            await page.Page.SetViewportSizeAsync(width, 900);
            await page.WaitForAsync($"() => innerWidth === {width} && document.querySelector('.bar').clientHeight < 50"); // one row
        }

        for (var panes = 2; panes <= 4; panes++)
        {
            await Pane(page, 0).GetByTestId("split").ClickAsync();
            await Assertions.Expect(page.By("pane")).ToHaveCountAsync(panes);
        }

        await Assertions.Expect(Pane(page, 0).GetByTestId("split")).ToBeDisabledAsync();
        await page.Page.SetViewportSizeAsync(1000, 900); // narrow as a phone: no milliseconds, and the text below time and name
        await Assertions.Expect(Pane(page, 3).Locator(".line").Last).ToHaveAttributeAsync("data-s", new Regex(@"^\d\d:\d\d:\d\d$"));
        await Assertions.Expect(Pane(page, 3).Locator(".line").Last).ToHaveCSSAsync("padding-left", "8px");
        await page.Page.SetViewportSizeAsync(1400, 900);
        await Assertions.Expect(Pane(page, 3).Locator(".line").Last).ToHaveAttributeAsync("data-s", new Regex(@"\.\d\d\d$"));
        await page.By("row-web").ClickAsync(new() { Button = MouseButton.Right });
        await page.ExpectVisibleAsync("menu-restart");
        await page.ExpectHiddenAsync("menu-beside");
        await page.Page.Keyboard.PressAsync("Escape");

        await ShowAsync(Pane(page, 3), "line 3000");
        await Pane(page, 3).GetByTestId("log").HoverAsync();
        await page.Page.Mouse.WheelAsync(0, -3000);
        await Assertions.Expect(Pane(page, 3).GetByTestId("new-lines")).ToBeVisibleAsync();
        await page.ExpectStillAsync(Pane(page, 3).GetByTestId("log"));
        var middle = await MiddleAsync(Pane(page, 3));
        await Pane(page, 1).GetByTestId("close-pane").ClickAsync();
        await Assertions.Expect(page.By("pane")).ToHaveCountAsync(3);
        await page.ExpectStillAsync(Pane(page, 2).GetByTestId("log"));
        Assert.InRange(await MiddleAsync(Pane(page, 2)), middle - 30, middle + 30); // the rows are higher now
        await page.ExpectQueryAsync("?panes=3");
    }

    [Fact(Timeout = Timeout)]
    public async Task Linked_panes_go_to_the_same_time_together_and_follow_together()
    {
        using var folder = new TestFolder(
            "web: sleep 0.5; for i in $(seq 1 4000); do echo web $i; done; sleep 2; echo web end; sleep 1000",
            "api: for i in $(seq 1 20); do echo api $i; sleep 0.05; done; sleep 2; echo api end; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "?panes=2&focus=web&focus2=api&linked=time"));
        await ShowAsync(Pane(page, 0), "web end");
        await ShowAsync(Pane(page, 1), "api end");
        await Assertions.Expect(page.By("link-panes").First).ToHaveAttributeAsync("aria-pressed", "true");

        await Pane(page, 0).GetByTestId("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(Pane(page, 1).GetByTestId("new-lines")).ToBeVisibleAsync();
        await page.WaitForAsync(
            """
            () => {
              const middleOf = log => [...log.querySelectorAll(".line:not(.notice)")].find(line => line.getBoundingClientRect().bottom > log.getBoundingClientRect().top + log.clientHeight / 2);
              const [one, other] = [...document.querySelectorAll(".log")].map(log => Number(middleOf(log)?.dataset.t ?? 0));
              return one > 0 && Math.abs(one - other) < 1500;
            }
            """);

        await Pane(page, 0).GetByTestId("new-lines").ClickAsync();
        await Assertions.Expect(Pane(page, 1).GetByTestId("new-lines")).ToBeHiddenAsync();
        await Pane(page, 1).GetByTestId("link-panes").ClickAsync();
        await page.WaitForAsync("() => !location.search.includes('linked') && !document.querySelector('[data-linked=true]')");
        await Pane(page, 0).GetByTestId("log").FocusAsync();
        await page.Page.Keyboard.PressAsync("PageUp");
        await Assertions.Expect(Pane(page, 0).GetByTestId("new-lines")).ToBeVisibleAsync();
        await Assertions.Expect(Pane(page, 1).GetByTestId("new-lines")).ToBeHiddenAsync();
        Assert.Empty(page.Errors);
    }

    private static ILocator Pane(BrowserPage page, int at) => page.By("pane").Nth(at);

    private static async Task ShowAsync(ILocator pane, params string[] texts)
    {
        foreach (var text in texts) await Assertions.Expect(pane.Locator(".line").GetByText(text, new() { Exact = true })).ToHaveCountAsync(1);
    }

    private static Task NotShowAsync(ILocator pane, string text) =>
        Assertions.Expect(pane.Locator(".line").GetByText(text, new() { Exact = true })).ToHaveCountAsync(0);

    private static Task<long> MiddleAsync(ILocator pane) => pane.EvaluateAsync<long>(
        """
        pane => {
          const log = pane.querySelector(".log");
          const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
          return Number([...log.querySelectorAll(".line")].find(line => line.getBoundingClientRect().bottom > middle).dataset.id);
        }
        """);
}
