using System.Globalization;
using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>How busy the page keeps its browser's main thread while it follows a stream, and what moves outside the log meanwhile.</summary>
internal static class PageBenchmark
{
    private static readonly TimeSpan Fill = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    // Of each shift the parts that are not the log's own lines.
    private const string Observe =
        """
        () => {
          window.shift = 0;
          new PerformanceObserver(list => {
            for (const entry of list.getEntries())
              if (entry.sources.some(s => s.node && !(s.node.closest ?? s.node.parentElement?.closest)?.call(s.node.closest ? s.node : s.node.parentElement, '.log'))) window.shift += entry.value;
          }).observe({ type: 'layout-shift' });
        }
        """;

    public static async Task RunAsync(int linesPerSecond)
    {
        var lines = linesPerSecond * 60;
        await using var product = await Product.StartServerAsync(Product.NewFolder($"web: exec {Product.Dummy} paced {linesPerSecond} {lines}"));
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await page.GotoAsync(product.Address!.ToString());
        await page.Locator(".line").Last.WaitForAsync();
        await Task.Delay(Fill);
        await page.EvaluateAsync(Observe);
        var session = await page.Context.NewCDPSessionAsync(page);
        // The thread's own time: on a machine that others use, a task's wall time has their turns in it.
        await session.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        var before = await MetricsAsync(session);
        await Task.Delay(Measured);
        var after = await MetricsAsync(session);
        string Share(string name) => ((after[name] - before[name]) / (after["Timestamp"] - before["Timestamp"])).ToString("P1", CultureInfo.InvariantCulture);
        Console.WriteLine(
            $"page at {linesPerSecond} lines/s: main thread {Share("TaskDuration")} (script {Share("ScriptDuration")}, style {Share("RecalcStyleDuration")}, "
            + $"layout {Share("LayoutDuration")}), layout shift outside the log {await page.EvaluateAsync<double>("() => window.shift"):F3}");
    }

    private static async Task<Dictionary<string, double>> MetricsAsync(ICDPSession session) =>
        (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble());
}
