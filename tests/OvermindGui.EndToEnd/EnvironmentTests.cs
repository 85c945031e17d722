using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The page that explains processes, and the API beside it.</summary>
[Collection(CalmBrowserTests.Name)]
public class EnvironmentTests(Chromium chromium)
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout)]
    public async Task A_secret_is_shown_on_request_on_the_page_and_never_by_the_API()
    {
        using var folder = new TestFolder("web: sleep 1000", "db: sleep 1000");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder.Root, ".env"), "API_KEY=sesame\nCOLOR=red\n", TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder, "--formation", "web=2");
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/?hide=db"));

        await page.By("menu-web#2").ClickAsync();
        await page.By("menu-environment").ClickAsync();
        await page.ExpectTextAsync("plan-web#2", "Procfile line 1, instance 2 of web");
        await page.ExpectTextAsync("variable-COLOR", "red");
        await page.ExpectTextAsync("variable-COLOR", ".env line 2");
        Assert.DoesNotContain("sesame", await page.Page.ContentAsync(), StringComparison.Ordinal);

        await page.By("show-API_KEY").ClickAsync();
        await page.ExpectTextAsync("variable-API_KEY", "sesame");

        await page.By("all").ClickAsync();
        await page.ExpectVisibleAsync("plan-db");
        Assert.DoesNotContain("sesame", await page.Page.ContentAsync(), StringComparison.Ordinal);
        await page.By("back").ClickAsync();
        await Assertions.Expect(page.By("show-db")).Not.ToBeCheckedAsync(new() { Timeout = 30_000 });

        using var api = new ApiClient(server);
        foreach (var path in (string[])["/api/process/web%232/environment", "/api/state", "/api/processes"])
            Assert.DoesNotContain("sesame", (await api.GetAsync(path)).Body.GetRawText(), StringComparison.Ordinal);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_page_fits_a_narrow_screen()
    {
        using var folder = new TestFolder("web: " + new string('x', 300) + "; sleep 1000");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder.Root, ".env"), $"LONG={new string('y', 300)}\n", TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(new Uri(server.Address, "/environment"), width: 390, height: 844);

        await page.ExpectVisibleAsync("plan-web");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.page *')].every(e => e.getBoundingClientRect().right <= innerWidth)"));
        Assert.Empty(page.Errors);
    }
}
