using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>What a quiet afternoon costs: ten sleeping processes, one browser.</summary>
internal static class IdleBenchmark
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    // The runtime compiles again what the start has used, and a young run is watched for ports.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(60);

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
        await Task.Delay(Settling);

        var (cpu, before) = (product.Cpu(), product.Switches());
        // Threads of the pool come and go: what they have counted must be read before they end.
        var last = new Dictionary<ProductThread, long>();
        using (var second = new PeriodicTimer(TimeSpan.FromSeconds(1)))
            for (var passed = 0; passed < Period.TotalSeconds && await second.WaitForNextTickAsync(); passed++)
                foreach (var (thread, count) in product.Switches()) last[thread] = count;
        var used = (product.Cpu() - cpu).TotalSeconds;
        var rates = last.GroupBy(w => (w.Key.Half, w.Key.Name), w => w.Value - before.GetValueOrDefault(w.Key))
            .Select(group => (group.Key.Half, group.Key.Name, Rate: group.Sum() / Period.TotalSeconds)).Where(w => w.Rate > 0).ToList();
        Console.WriteLine($"idle, 10 sleeping processes, one browser, daemon and dashboard together: {executable}");
        Console.WriteLine($"  {used:F2} CPU s in {Period.TotalSeconds:F0} s (goal 0.10), {rates.Sum(r => r.Rate):F0} context switches/s (goal 20), {product.Megabytes():F0} MB (PSS; goal 140)");
        foreach (var (half, name, rate) in rates.OrderBy(r => r.Half).ThenByDescending(r => r.Rate)) Console.WriteLine($"    {half,-10} {name,-16} {rate,6:F1}/s");
    }
}
