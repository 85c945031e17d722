using Microsoft.Playwright;
using OvermindGui.Core.Project;

namespace OvermindGui.Benchmarks;

/// <summary>
/// Takes pictures of the page in each of its states, sizes and themes, to be looked at: <c>dotnet run --project tests/OvermindGui.Benchmarks states FOLDER [STATE]</c>.
/// </summary>
internal static class StatePictures
{
    // Long enough for a few crashes and a full screen.
    private static readonly TimeSpan Run = TimeSpan.FromSeconds(15);
    private const int Settle = 900; // ms
    private static readonly (int Width, int Height)[] Sizes = [(1400, 900), (1920, 1080), (390, 844)];
    private static readonly string[] Themes = ["dark", "light"];

    private sealed record State(string Name, string Address, Func<IPage, Task>? PrepareAsync = null)
    {
        public Func<ProjectFolder> Project { get; init; } = ShopProject.Shop;

        /// <summary>Nothing can be looked at after it.</summary>
        public bool EndsProject { get; init; }
    }

    private static readonly State[] States =
    [
        new("streaming", ""),
        new("crash", "?panel=mailer"),
        new("json", "?focus=worker", page => page.Locator(".line[data-p=worker] .msg, .line[data-p=worker] [data-fields]").Last.ClickAsync(new() { Timeout = 3_000 })),
        new("traces", "?focus=payments,mailer"),
        new("search", "?search=timeout"),
        new("filter", "?filter=timeout"),
        new("context", "?filter=timeout", async page =>
        {
            await page.Locator(".line[data-p=worker]:visible").Last.ClickAsync(new() { Button = MouseButton.Right });
            await page.GetByTestId("menu-context").ClickAsync();
        }),
        new("line-menu", "", page => page.Locator(".line[data-p=web]:visible").Last.ClickAsync(new() { Button = MouseButton.Right })),
        new("failure-dialog", "", async page =>
        {
            await page.Locator(".line[data-p=web]:visible").Last.ClickAsync(new() { Button = MouseButton.Right });
            await page.GetByTestId("menu-declare").ClickAsync();
        }),
        new("split", "?panes=3&focus=web&focus2=worker&focus3=payments&linked=time"),
        new("split4", "?panes=4&focus=web&focus2=worker&focus3=payments&focus4=mailer"),
        new("processes", "", ViewAsync("view-processes")),
        new("more", "", MenuAsync),
        new("bell", "", page => page.GetByTestId("bell").ClickAsync()),
        new("palette", "", page => page.Keyboard.PressAsync("Control+k")),
        new("toast", "", ToastAsync),
        new("scroll-back", "", async page =>
        {
            await page.Locator(".log").First.HoverAsync();
            await page.Mouse.WheelAsync(0, -300);
            await page.WaitForTimeoutAsync(2_000);
        }),
        new("resources", "?panel=web&tab=resources"),
        new("settings", "?panel=web&tab=settings"),
        new("failures", "?panel=mailer&tab=failures"),
        new("line", "", async page =>
        {
            await page.Locator(".line[data-p=worker]:visible").Last.ClickAsync(new() { Button = MouseButton.Right });
            await page.GetByTestId("menu-line-details").ClickAsync();
        }),
        new("terminal", "?panel=terminal:migrate"),
        new("alerts", "?panel=alerts:all"),
        new("alert-dialog", "?panel=alerts:all", page => page.GetByTestId("alert-new").ClickAsync()),
        new("errors", "?panel=errors:"),
        new("stars", "?panel=bookmarks:"),
        new("sessions", "?panel=sessions:"),
        new("storage", "?panel=storage:"),
        new("views", "?panel=views:"),
        new("compare", "compare/mailer"),
        new("environment", "environment"),
        new("agents", "agents"),
        new("projects", "projects"),
        new("api", "api/docs"),
        new("scale", "", page => ActionAsync(page, "scale")),
        new("shortcuts", "", async page => { await page.Locator(".log").First.FocusAsync(); await page.Keyboard.PressAsync("?"); }),
        new("shutdown-dialog", "", page => ActionAsync(page, "shutdown")),
        new("pending", "", page => page.GetByTestId("pending-apply").First.ClickAsync()),
        new("forty", "") { Project = ShopProject.Forty },
        new("forty-list", "", ViewAsync("view-processes")) { Project = ShopProject.Forty },
        new("empty", "?filter=nothing") { Project = ShopProject.Silent },
        new("lost", "") { EndsProject = true },
        new("stopped", "", async page =>
        {
            await ActionAsync(page, "shutdown");
            await page.GetByTestId("shutdown-confirm").ClickAsync();
            await page.WaitForTimeoutAsync(3_000);
        }) { EndsProject = true },
    ];

    public static async Task TakeAsync(string target, string? only)
    {
        Directory.CreateDirectory(target);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await Browser.LaunchAsync(playwright);
        var chosen = States.Where(s => only is null || only.Split(',').Contains(s.Name)).ToList();
        foreach (var group in chosen.GroupBy(s => (s.Project, s.EndsProject, s.EndsProject ? s.Name : "")))
        {
            var folder = group.Key.Project();
            await using var product = await Product.StartServerAsync(folder);
            await Task.Delay(Run);
            foreach (var state in group) await TakeAsync(browser, product, state, target);
        }
    }

    private static async Task TakeAsync(IBrowser browser, Product product, State state, string target)
    {
        if (state.Name == "pending") await File.WriteAllTextAsync(product.Folder.Procfile, (await File.ReadAllTextAsync(product.Folder.Procfile)).Replace("exec sh", "sh", StringComparison.Ordinal));
        var pages = new List<(IPage Page, string Path)>();
        foreach (var theme in Themes)
            foreach (var (width, height) in Sizes)
            {
                var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, HasTouch = width < 600 });
                await context.AddCookiesAsync([new() { Name = "overmind-gui-theme", Value = theme, Url = product.Address!.ToString() }]);
                var page = await context.NewPageAsync();
                page.SetDefaultTimeout(8_000);
                await page.GotoAsync(new Uri(product.Address!, state.Address).ToString());
                await page.WaitForFunctionAsync("() => document.querySelector('header, h1, h2') && !document.querySelector('.reading')", null, new() { Timeout = 60_000 });
                await page.WaitForTimeoutAsync(Settle);
                pages.Add((page, Path.Combine(target, $"{state.Name}-{theme}-{width}.png")));
                if (!state.EndsProject) await FinishAsync(state, pages[^1], prepares: true);
            }

        if (state.EndsProject)
        {
            // One page ends the project; the others are witnesses.
            if (state.PrepareAsync is { } end) await end(pages[0].Page);
            else product.KillServer();
            await Task.Delay(TimeSpan.FromSeconds(4));
            foreach (var page in pages) await FinishAsync(state, page, prepares: false);
        }
    }

    private static async Task FinishAsync(State state, (IPage Page, string Path) at, bool prepares)
    {
        try
        {
            if (prepares && state.PrepareAsync is { } prepare) await prepare(at.Page);
            await at.Page.WaitForTimeoutAsync(Settle);
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            Console.WriteLine($"{at.Path}: {e.Message.Split('\n')[0]}");
        }

        await at.Page.ScreenshotAsync(new() { Path = at.Path, Timeout = 60_000 });
        await at.Page.Context.CloseAsync();
    }

    private static bool IsPhone(IPage page) => page.ViewportSize!.Width < 600;

    private static Func<IPage, Task> ViewAsync(string testId) => page => IsPhone(page) ? page.GetByTestId(testId).ClickAsync() : Task.CompletedTask;

    private static Task MenuAsync(IPage page) => page.GetByTestId(IsPhone(page) ? "view-more" : "more").ClickAsync();

    private static async Task ActionAsync(IPage page, string name)
    {
        await MenuAsync(page);
        await page.GetByTestId(IsPhone(page) ? $"phone-{name}" : name).ClickAsync();
    }

    private static async Task ToastAsync(IPage page)
    {
        await page.Locator(".line[data-p=web]:visible").Last.ClickAsync(new() { Button = MouseButton.Right });
        await page.GetByTestId("menu-copy").ClickAsync();
        await page.Locator(".mud-snackbar").First.WaitForAsync();
    }
}
