using Microsoft.Playwright;
using OvermindGui.Core.Project;

namespace OvermindGui.Benchmarks;

/// <summary>Takes the README's pictures of the demo: <c>dotnet run --project tests/OvermindGui.Benchmarks pictures</c>.</summary>
internal static class ReadmePictures
{
    // Long enough for every process of the demo to have shown its colours.
    private static readonly TimeSpan Show = TimeSpan.FromSeconds(14);

    public static async Task TakeAsync()
    {
        var target = Path.Combine(Product.Root, "docs", "images");
        Directory.CreateDirectory(target);
        var folder = new ProjectFolder(Path.Combine(Directory.CreateTempSubdirectory("overmind-gui-").FullName, "shop"));
        Directory.CreateDirectory(folder.Root);
        foreach (var file in Directory.GetFiles(Path.Combine(Product.Root, "demo")))
            File.Copy(file, Path.Combine(folder.Root, Path.GetFileName(file)));
        await using var product = await Product.StartServerAsync(folder);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        await Task.Delay(Show);
        await TakeAsync(browser, product, "dark", 1200, 620, Path.Combine(target, "dashboard-dark.png"));
        await TakeAsync(browser, product, "light", 1200, 620, Path.Combine(target, "dashboard-light.png"));
        await TakeAsync(browser, product, "dark", 390, 620, Path.Combine(target, "phone.png"), openDrawer: true);
    }

    private static async Task TakeAsync(
        IBrowser browser, Product product, string theme, int width, int height, string path, bool openDrawer = false)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        await context.AddCookiesAsync([new() { Name = "overmind-gui-theme", Value = theme, Url = product.Address!.ToString() }]);
        var page = await context.NewPageAsync();
        await page.GotoAsync(product.Address!.ToString());
        await page.Locator(".line").Last.WaitForAsync();
        if (openDrawer) await page.GetByTestId("view-processes").ClickAsync();
        await Task.Delay(TimeSpan.FromSeconds(1)); // the drawer's slide
        await page.ScreenshotAsync(new() { Path = path });
        Console.WriteLine(path);
    }
}
