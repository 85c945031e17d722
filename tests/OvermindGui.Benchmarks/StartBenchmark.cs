using System.Diagnostics;
using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>From the command to the first stored line of a child, and to a page that shows it.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 6;

    public static async Task RunAsync()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var stored = new List<double>();
        var shown = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var folder = Product.NewFolder("web: echo hello; sleep 1000");
            var started = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            var watch = Stopwatch.StartNew();
            await using var product = await Product.StartServerAsync(folder);
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(product.Address!.ToString());
            await page.Locator(".line[data-p=web]").First.WaitForAsync();
            shown.Add(watch.Elapsed.TotalMilliseconds);
            stored.Add(double.Parse((await page.Locator(".line[data-p=web]:not(.notice)").First.GetAttributeAsync("data-t"))!) - started);
        }

        Console.WriteLine($"start in a new folder, {Rounds} rounds");
        Console.WriteLine($"  command → first line of a child read, ms   {Product.Figures(stored, "F0")}");
        Console.WriteLine($"  command → page shows it, ms                {Product.Figures(shown, "F0")}");
    }
}
