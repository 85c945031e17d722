using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>What a quiet afternoon costs: ten sleeping processes, one browser.</summary>
internal static class IdleBenchmark
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        foreach (var executable in Product.Executables) await MeasureAsync(executable, browser);
    }

    private static async Task MeasureAsync(string executable, IBrowser browser)
    {
        var folder = Product.NewFolder([.. Enumerable.Range(1, 10).Select(i => $"p{i}: sleep 1000")]);
        await using var product = await Product.StartServerAsync(folder, executable);
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(product.Address!.ToString());
        await page.Locator(".line").Last.WaitForAsync();
        await Task.Delay(TimeSpan.FromSeconds(10));

        var (cpu, switches) = (product.Cpu(), product.Switches());
        await Task.Delay(Period);
        Console.WriteLine($"idle, 10 sleeping processes, one browser, daemon and dashboard together: {executable}");
        Console.WriteLine($"  {(product.Cpu() - cpu).TotalSeconds:F2} CPU s in {Period.TotalSeconds:F0} s, " +
            $"{(product.Switches() - switches) / Period.TotalSeconds:F0} context switches/s, {product.Megabytes():F0} MB (PSS)");
    }
}
