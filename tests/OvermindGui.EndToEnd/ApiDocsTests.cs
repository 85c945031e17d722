using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(CalmBrowserTests.Name)]
public class ApiDocsTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task The_page_shows_every_route_without_another_server_and_under_the_policy()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        using var api = new ApiClient(server);
        var paths = (await api.GetAsync("/openapi/v1.json")).Body.GetProperty("paths").EnumerateObject().ToList();

        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/api/docs"), width: 390);
        var routes = page.Page.Locator("details.route");
        await Assertions.Expect(routes).ToHaveCountAsync(paths.Sum(p => p.Value.EnumerateObject().Count()));
        await routes.Filter(new() { HasText = "/api/poll" }).ClickAsync();

        await Assertions.Expect(routes.Filter(new() { HasText = "/api/poll" })).ToContainTextAsync($"curl '{server.Address}api/poll?last_message_id=…'");
        await Assertions.Expect(routes.Filter(new() { HasText = "/api/poll" })).ToContainTextAsync("\"output_lines\"");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "it fits a phone");
        Assert.Empty(page.Errors);
        Assert.Empty(page.ForeignRequests);
    }
}
