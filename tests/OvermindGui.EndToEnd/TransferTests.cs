using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What a browser that has nothing yet must fetch.</summary>
[Collection(BrowserTests.Name)]
public class TransferTests(Chromium chromium)
{
    private const int Timeout = 120_000;
    private const int MostBytes = 180_000;

    private sealed record Resource
    {
        public string Name { get; init; } = "";

        public int Transferred { get; init; }

        public required int Size { get; init; }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_first_open_transfers_little_because_every_large_file_comes_compressed()
    {
        using var folder = new TestFolder("web: echo up; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

        var fetched = await page.Page.EvaluateAsync<Resource[]>(
            """
            () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
              .map(e => ({ name: e.name, transferred: e.transferSize, size: e.decodedBodySize }))
            """);

        Assert.Contains(fetched, file => file.Name.Contains("MudBlazor", StringComparison.Ordinal));
        Assert.DoesNotContain(fetched, file => file.Size > 10_000 && file.Transferred > file.Size / 2);
        Assert.InRange(fetched.Sum(file => file.Transferred), 1, MostBytes);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_modules_of_the_first_page_are_fetched_before_it_imports_them()
    {
        using var folder = new TestFolder("web: echo up; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("web").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

        var late = await page.Page.EvaluateAsync<string[]>(
            """
            () => {
              const known = new Set([...document.querySelectorAll('script[src], link[rel=modulepreload]')].map(e => e.src ?? e.href));
              return performance.getEntriesByType('resource').map(e => e.name).filter(name => name.endsWith('.js') && !known.has(name));
            }
            """);

        Assert.Empty(late);
        Assert.NotEqual(0, await page.Page.Locator("head link[rel=modulepreload]").CountAsync());
    }
}
