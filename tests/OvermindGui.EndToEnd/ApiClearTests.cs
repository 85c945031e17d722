using System.Text.Json;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(CalmBrowserTests.Name)]
public class ApiClearTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Cleared_output_is_gone_from_the_api_the_command_line_and_open_pages_and_comes_back()
    {
        using var folder = new TestFolder("web: echo one; echo two; exec sleep 1000", "api: echo other; exec sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        using var api = new ApiClient(server);
        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["one", "two"]);
        await Assertions.Expect(page.LinesOf("api")).ToHaveTextAsync(["other"]);

        await api.PostAsync("/api/process/web/output/clear");

        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(0);
        await Assertions.Expect(page.LinesOf("api")).ToHaveTextAsync(["other"]);
        Assert.DoesNotContain("web", Processes((await api.GetAsync("/api/state")).Body));
        Assert.Equal("", (await Cli.RunAsync(folder.Folder.Root, "logs", "web")).Output);

        await api.PostAsync("/api/output/clear/undo");

        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(["one", "two"]);
        Assert.Contains("web", Processes((await api.GetAsync("/api/state")).Body));
        Assert.EndsWith("web | one\nweb | two\n", (await Cli.RunAsync(folder.Folder.Root, "logs", "web")).Output, StringComparison.Ordinal);
        Assert.Empty(page.Errors);
    }

    private static IEnumerable<string?> Processes(JsonElement state) =>
        state.GetProperty("output_lines").EnumerateArray().Select(l => l.GetProperty("process").GetString());
}
