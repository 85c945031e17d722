using System.Diagnostics;
using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>
/// From the command to the first stored line of a child, to the address, and to a first and a second page that show the line. The page
/// itself notes when it was painted: asking it from outside would measure the asking.
/// </summary>
internal static class StartBenchmark
{
    private const int Rounds = 8;

    // The time in which the runtime compiles the busiest methods again.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(3);

    // The frame after the one that got the line is painted.
    internal const string NotePainting =
        """
        window.painted = new Promise(resolve => {
          const look = () => document.querySelector('.line[data-p=web]:not(.notice)')
            && (watch.disconnect(), requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
          const watch = new MutationObserver(look);
          watch.observe(document, { childList: true, subtree: true });
        });
        """;

    private sealed record Start(double Stored, double Address, double First, double Second, double Bytes, double Cpu, double Memory);

    public static async Task RunAsync()
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var starts = Product.Executables.ToDictionary(executable => executable, _ => new List<Start>());
        for (var round = 0; round <= Rounds; round++)
            foreach (var executable in Product.Executables)
            {
                var start = await MeasureAsync(executable, browser);
                if (round > 0) starts[executable].Add(start); // the first one reads the files from the disk
            }

        Console.WriteLine($"start in a new folder, {Rounds} rounds");
        foreach (var executable in Product.Executables)
        {
            var figures = starts[executable];
            Console.WriteLine($"  {executable}");
            Console.WriteLine($"    command → first line of a child read, ms   {Product.Figures(figures.Select(s => s.Stored), "F0")}  (goal 200)");
            Console.WriteLine($"    command → address printed, ms              {Product.Figures(figures.Select(s => s.Address), "F0")}  (goal 330)");
            Console.WriteLine($"    first page: asked for → painted, ms        {Product.Figures(figures.Select(s => s.First), "F0")}  (goal 450)");
            Console.WriteLine($"    second page: asked for → painted, ms       {Product.Figures(figures.Select(s => s.Second), "F0")}  (goal 300)");
            Console.WriteLine($"    bytes of the first page, kB                {Product.Figures(figures.Select(s => s.Bytes), "F0")}  (goal 180)");
            Console.WriteLine($"    CPU of both halves until then, s           {Product.Figures(figures.Select(s => s.Cpu), "F2")}  (goal 1.0)");
            Console.WriteLine($"    memory of both halves then (PSS), MB       {Product.Figures(figures.Select(s => s.Memory), "F0")}  (goal 140)");
        }
    }

    private static async Task<Start> MeasureAsync(string executable, IBrowser browser)
    {
        var folder = Product.NewFolder("web: echo hello; sleep 1000");
        var started = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var watch = Stopwatch.StartNew();
        await using var product = await Product.StartServerAsync(folder, executable);
        var address = watch.Elapsed.TotalMilliseconds;
        var (first, stored, bytes) = await OpenAsync(browser, product);
        await Task.Delay(Reading);
        var (second, _, _) = await OpenAsync(browser, product);
        return new Start(stored - started, address, first, second, bytes / 1e3, product.Cpu().TotalSeconds, product.Megabytes());
    }

    internal static async Task<(double Painted, double Stored, double Bytes)> OpenAsync(IBrowser browser, Product product)
    {
        await using var context = await browser.NewContextAsync();
        await context.AddInitScriptAsync(NotePainting);
        var page = await context.NewPageAsync();
        await page.GotoAsync(product.Address!.ToString());
        var painted = await page.EvaluateAsync<double>("() => window.painted");
        var stored = double.Parse((await page.Locator(".line[data-p=web]:not(.notice)").First.GetAttributeAsync("data-t"))!);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return (painted, stored, await page.EvaluateAsync<double>("() => performance.getEntries().reduce((sum, e) => sum + (e.transferSize || 0), 0)"));
    }
}
