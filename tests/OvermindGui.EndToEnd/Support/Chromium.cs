using Microsoft.Playwright;

namespace OvermindGui.EndToEnd.Support;

/// <summary>One real browser for all tests. Pages of different tests share nothing: each has a context of its own.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names =
        ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private static readonly string[] OnMac =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        var installed = FindInstalled();
        // Nothing on the machine: Playwright brings its own. Its exit code is that of the download.
        if (installed is null && Program.Main(["install", "chromium"]) != 0)
            throw new InvalidOperationException(
                "No Chromium was found and none could be downloaded. Install one (Debian: apt-get install chromium) or name it in OVERMIND_GUI_CHROMIUM.");
        Assertions.SetDefaultExpectTimeout(30_000); // five seconds are too few for a page on a busy machine
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = installed,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh browser profile with one page.</summary>
    internal async Task<BrowserPage> OpenAsync(Uri address, int width = 1400, int height = 900, string theme = "dark", HeldMessages? held = null)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        await context.AddCookiesAsync([new Cookie { Name = "overmind-gui-theme", Value = theme, Url = address.ToString() }]);
        var page = new BrowserPage(context, await context.NewPageAsync(), address);
        if (held is not null) await held.AttachAsync(page.Page);
        await page.Page.GotoAsync(address.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? FindInstalled()
    {
        if (Environment.GetEnvironmentVariable("OVERMIND_GUI_CHROMIUM") is { Length: > 0 } named) return named;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return path.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).Concat(OnMac).FirstOrDefault(File.Exists);
    }
}
