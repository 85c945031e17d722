using Microsoft.Playwright;
using OvermindGui.Core.Contracts;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

[Collection(BrowserTests.Name)]
public class DashboardTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task The_page_shows_the_demo_live_in_colour_and_asks_nothing_of_the_network()
    {
        using var folder = Published.CopyDemo();
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        foreach (var name in new[] { "web", "api", "worker", "scheduler", "tests" })
        {
            await page.ExpectTextAsync($"status-{name}", "running");
            await page.LinesOf(name).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        }

        var green = page.LinesOf("web").Locator("span.f2").First;
        Assert.Equal("oklch", (await green.EvaluateAsync<string>("e => getComputedStyle(e).color")).Split('(')[0]);
        var seen = await page.LinesOf("web").CountAsync();
        await page.WaitForAsync($"() => document.querySelectorAll('.line[data-p=web]').length > {seen + 3}"); // live
        Assert.Empty(page.ForeignRequests);
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Stop_start_and_restart_work_by_button()
    {
        using var folder = new TestFolder("web: echo up; sleep 1000", "api: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-web", "running");
        var before = server.Pids();

        await page.By("stop-web").ClickAsync();
        await page.ExpectTextAsync("status-web", "stopped");
        Assert.False(Server.IsAlive(before["web"]!.Value));

        await page.By("start-web").ClickAsync();
        await page.ExpectTextAsync("status-web", "running");
        var started = server.Pids()["web"];

        await page.By("restart-web").ClickAsync();
        await page.WaitForAsync("() => document.querySelectorAll('.line[data-p=web]:not(.notice)').length === 3");
        Assert.NotEqual(started, server.Pids()["web"]);
        Assert.Equal(before["api"], server.Pids()["api"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_crash_shows_its_code_without_a_reload()
    {
        using var folder = new TestFolder("web: read x; exit 3", "ok: true");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-web", "running");
        await page.ExpectTextAsync("status-ok", "exited");

        _ = Server.SendSignal(server.Pids()["web"]!.Value, Server.Kill);

        await page.ExpectTextAsync("status-web", "failed · SIGKILL");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_hidden_process_stays_hidden_after_a_reload()
    {
        using var folder = new TestFolder("web: echo from web; sleep 1000", "api: echo from api; sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.LinesOf("api").First.WaitForAsync();

        await page.By("show-web").ClickAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(0);
        await page.ExpectQueryAsync("?hide=web");
        await page.Page.ReloadAsync();
        await page.LinesOf("api").First.WaitForAsync();
        await Assertions.Expect(page.LinesOf("web")).ToHaveCountAsync(0);

        await page.By("end-selection").ClickAsync();
        await page.LinesOf("web").First.WaitForAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Output_is_text_never_markup()
    {
        using var folder = new TestFolder("""web: printf '<img src=x onerror="document.title=1">\n<script>document.title=2</script>\n'; sleep 1000""");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await Assertions.Expect(page.LinesOf("web")).ToHaveTextAsync(
            ["""<img src=x onerror="document.title=1">""", "<script>document.title=2</script>"]);
        Assert.Equal(0, await page.Page.Locator(".log img, .log script").CountAsync());
    }

    [Fact(Timeout = Timeout)]
    public async Task The_theme_can_be_changed_and_stays()
    {
        using var folder = new TestFolder("web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await page.ChooseAsync("more", "theme-light");
        await page.WaitForAsync("() => document.documentElement.dataset.theme === 'light'");
        await page.Page.ReloadAsync();
        await page.ExpectVisibleAsync("more");

        await page.WaitForAsync("() => document.documentElement.dataset.theme === 'light'");
        await Assertions.Expect(page.By("log")).ToHaveCSSAsync("background-color", "rgb(255, 255, 255)");
    }

    [Fact(Timeout = Timeout)]
    public async Task When_the_daemon_is_killed_the_page_says_so_and_starts_another()
    {
        using var folder = new TestFolder("web: echo up; sleep 1000", "this line is wrong");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("procfile-problems", "Procfile line 2");
        var orphan = server.Pids()["web"]!.Value;
        try
        {
            _ = Server.SendSignal(server.Snapshot().DaemonPid!.Value, Server.Kill);

            await page.ExpectVisibleAsync("daemon-gone");
            await page.ExpectTextAsync("status-web", "unknown");
            await Assertions.Expect(page.LinesOf("web").First).ToHaveTextAsync("up"); // still readable

            await page.By("start-daemon").ClickAsync();
            await page.ExpectHiddenAsync("daemon-gone");
            await page.ExpectTextAsync("status-web", "running");
        }
        finally
        {
            _ = Server.SendSignal(-orphan, Server.Kill);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_damaged_database_is_set_aside_and_the_page_says_so()
    {
        using var folder = new TestFolder("web: echo up; sleep 1000");
        await File.WriteAllTextAsync(folder.Folder.Database, "this is no database, whatever its name says", TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await page.ExpectTextAsync("warning", "overmind.db.corrupt-");
        await page.LinesOf("web").First.WaitForAsync();
        Assert.Equal(ProcessState.Running, server.Snapshot().Processes[0].State);
    }
}
