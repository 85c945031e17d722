using System.Globalization;
using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

/// <summary>From a key in the page's terminal to the frame that shows its echo: browser, dashboard, daemon, kernel and back.</summary>
internal static class EchoBenchmark
{
    // One key at a time; xterm.js reports what it has rendered, and the frame after that is painted.
    private const string Measure =
        """
        async keys => {
          const terminal = document.querySelector("[data-terminal]").overmindTerminal, latencies = [];
          const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
          for (let key = 0; key < keys; key++) {
            const pressed = performance.now();
            const painted = new Promise(resolve => {
              const rendered = terminal.onRender(() => { rendered.dispose(); requestAnimationFrame(() => setTimeout(resolve)); });
            });
            terminal.input(String.fromCharCode(97 + key % 26));
            await painted;
            latencies.push(performance.now() - pressed);
            if (key % 60 === 59) { terminal.input("\r"); await pause(200); }
            await pause(30);
          }
          return latencies;
        }
        """;

    public static async Task RunAsync(int keys)
    {
        var folder = Product.NewFolder("p: exec cat");
        await using var product = await Product.StartServerAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{product.Address}?panel=terminal:p");
        await page.Locator("[data-testid=terminal-state]", new() { HasText = "every key" }).WaitForAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        var all = await page.EvaluateAsync<double[]>(Measure, keys);
        var latencies = all.Skip(keys / 10).Order().ToArray();
        string At(double share) => latencies[(int)((latencies.Length - 1) * share)].ToString("F1", CultureInfo.InvariantCulture);
        Console.WriteLine($"key → painted echo in the page's terminal, ms   p50 {At(.5)}  p99 {At(.99)}  max {At(1)}  ({latencies.Length} keys)");
    }
}
