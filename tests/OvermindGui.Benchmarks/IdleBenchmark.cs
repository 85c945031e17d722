using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>What a quiet afternoon costs: ten sleeping processes, one browser.</summary>
internal static class IdleBenchmark
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        var folder = Product.NewFolder([.. Enumerable.Range(1, 10).Select(i => $"p{i}: sleep 1000")]);
        await using var product = await Product.StartServerAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(product.Address!.ToString());
        await page.Locator(".line").First.WaitForAsync();
        await Task.Delay(TimeSpan.FromSeconds(10));

        var before = product.Cpu();
        await Task.Delay(Period);
        Console.WriteLine($"idle, 10 sleeping processes, one browser: {(product.Cpu() - before).TotalSeconds:F2} CPU s in {Period.TotalSeconds:F0} s, " +
            $"{product.ResidentMegabytes():F0} MB resident, daemon and dashboard together");
    }
}
