using System.Globalization;
using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>From a child's write to the frame that shows the line in Chromium. Both clocks are this machine's.</summary>
internal static class LatencyBenchmark
{
    // Each line carries the time of its write; the frame after the one that got it is painted.
    private const string Observe =
        """
        () => {
          window.latencies = [];
          const seen = new Set();
          const linesOf = node => node.matches?.('.line') ? [node] : node.querySelectorAll?.('.line') ?? [];
          new MutationObserver(records => {
            const sent = [];
            for (const record of records) for (const node of record.addedNodes)
              for (const line of linesOf(node)) {
                const match = /sent ([\d.]+)/.exec(line.textContent);
                if (!match || seen.has(line.dataset.id)) continue;
                seen.add(line.dataset.id);
                sent.push(Number(match[1]));
              }
            requestAnimationFrame(() => setTimeout(() => {
              const now = performance.timeOrigin + performance.now();
              for (const time of sent) window.latencies.push(now - time);
            }));
          }).observe(document.querySelector('[data-testid=log] .lines'), { childList: true, subtree: true });
        }
        """;

    public static async Task RunAsync(int linesPerSecond, int lines)
    {
        var folder = Product.NewFolder($"web: while [ ! -e go ]; do sleep 0.05; done; exec {Product.Dummy} paced {linesPerSecond} {lines}");
        await using var product = await Product.StartServerAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync(product.Address!.ToString());
        await page.Locator(".line").Last.WaitForAsync();
        await page.EvaluateAsync(Observe);
        await File.WriteAllTextAsync(Path.Combine(folder.Root, "go"), "");
        // Seldom: by default it asks at each frame, and keeps the page drawing, so that a line waits for the next one.
        await page.WaitForFunctionAsync($"() => window.latencies.length >= {lines}", null, new() { Timeout = 120_000, PollingInterval = 500 });

        // The first tenth warms the code up.
        var all = await page.EvaluateAsync<double[]>("() => window.latencies");
        var latencies = all.Skip(lines / 10).Order().ToArray();
        string At(double share) => latencies[(int)((latencies.Length - 1) * share)].ToString("F1", CultureInfo.InvariantCulture);
        Console.WriteLine($"child's write → painted at {linesPerSecond} lines/s, ms   p50 {At(.5)}  p99 {At(.99)}  max {At(1)}  ({latencies.Length} lines)");
    }
}
