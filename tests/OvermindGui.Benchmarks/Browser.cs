using Microsoft.Playwright;

namespace OvermindGui.Benchmarks;

internal static class Browser
{
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Environment.GetEnvironmentVariable("OVERMIND_GUI_CHROMIUM")
            ?? (File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
    });
}
