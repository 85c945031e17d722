using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What the page shows of plans: crash loops, order, instances and changed files.</summary>
[Collection(CalmBrowserTests.Name)]
public class PlanPageTests(Chromium chromium)
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout)]
    public async Task A_crash_loop_is_a_state_that_shows_the_last_lines_and_when_it_goes_on()
    {
        using var folder = new TestFolder("flaky: echo one; echo '<b>two</b>'; exit 3", "web: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder, "--auto-restart", "flaky");
        await using var page = await chromium.OpenAsync(server.Address);

        await page.ExpectTextAsync("status-flaky", "failed · exit 3");
        await Assertions.Expect(page.By("last-lines-flaky").Locator("li")).ToHaveTextAsync(["<b>two</b>"]);
        await page.ExpectTextAsync("why-flaky", " time");
        await Assertions.Expect(page.By("restart-at-flaky")).ToHaveTextAsync(new Regex(@"^restart(s in \d+ s|ing)$"));

        await page.By("stop-flaky").ClickAsync();
        await page.ExpectTextAsync("status-flaky", "stopped");
        await page.ExpectHiddenAsync("last-lines-flaky");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Scaling_by_the_menu_adds_rows_and_touches_no_other_process()
    {
        using var folder = new TestFolder("web: echo here is $PS; sleep 1000", "db: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-web", "running");
        await page.ExpectTextAsync("status-db", "running");
        var before = server.Pids();

        await page.By("menu-web").ClickAsync();
        await page.By("menu-scale").ClickAsync();
        await page.By("scale-web").FillAsync("3");
        await page.By("scale-web").PressAsync("Tab");
        await page.By("scale-apply").ClickAsync();

        await page.ExpectTextAsync("status-web#3", "running");
        await Assertions.Expect(page.By("section-web").Locator("[data-testid^=row-]")).ToHaveCountAsync(3);
        await page.ExpectTextAsync("section-web", "3 of 3 running");
        await Assertions.Expect(page.LinesOf("web#2")).ToHaveTextAsync(new Regex("here is web#2"));
        var after = server.Pids();
        Assert.All(before, p => Assert.Equal(p.Value, after[p.Key]));

        await page.By("menu-web#2").ClickAsync();
        await page.By("menu-kill").ClickAsync();
        await page.ExpectTextAsync("status-web#2", "stopped");
        await Assertions.Expect(page.By("status-web#2")).ToHaveAttributeAsync("title", "killed by SIGKILL (9)");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task Changed_files_are_reported_and_applied_by_a_click()
    {
        using var folder = new TestFolder("web: sleep 1000", "old: sleep 1000");
        await using var server = await Server.StartAsync(folder.Folder);
        await using var page = await chromium.OpenAsync(server.Address);
        await page.ExpectTextAsync("status-old", "running");
        var web = server.Pids()["web"];

        await File.WriteAllLinesAsync(folder.Folder.Procfile, ["web: sleep 1000", "new: sleep 1000"], TestContext.Current.CancellationToken);
        await page.ExpectTextAsync("pending-changes", "Applying stops old · starts new");
        Assert.Equal(["web", "old"], server.Snapshot().Processes.Select(p => p.Name)); // only reported

        await page.By("pending-apply").ClickAsync();
        await page.ExpectTextAsync("apply-summary", "Stops old · starts new.");
        await page.By("apply-confirm").ClickAsync();
        await page.ExpectTextAsync("status-new", "running");
        await page.ExpectHiddenAsync("row-old");
        await page.ExpectHiddenAsync("pending-changes");
        Assert.Equal(web, server.Pids()["web"]);

        await File.WriteAllTextAsync(folder.Folder.Procfile, "not a Procfile at all\n", TestContext.Current.CancellationToken);
        await page.ExpectTextAsync("pending-changes", "cannot be applied");
        await page.ExpectHiddenAsync("pending-apply");
        Assert.Empty(page.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_waits_says_for_what_and_can_be_started_all_the_same()
    {
        using var folder = new TestFolder("db: while ! [ -e go ]; do sleep 0.1; done; echo up; sleep 1000", "web: sleep 1000", "api: sleep 1000", "off: sleep 1000");
        await File.WriteAllTextAsync(
            Path.Combine(folder.Folder.Root, "overmind-gui.yaml"),
            "processes: {db: {ready: {log: ^up}}, web: {depends_on: [db], group: front}, api: {depends_on: [db], group: front}}\n",
            TestContext.Current.CancellationToken);
        await using var server = await Server.StartAsync(folder.Folder, "--ignored-processes", "off");
        await using var page = await chromium.OpenAsync(server.Address);

        await page.ExpectTextAsync("status-db", "not ready");
        await page.ExpectTextAsync("status-web", "waiting");
        await page.ExpectTextAsync("why-web", "waiting for db");
        await page.ExpectTextAsync("why-off", "left out by --ignored-processes");
        await page.ExpectTextAsync("section-front", "0 of 2 running");

        await page.By("start-api").ClickAsync();
        await page.ExpectTextAsync("status-api", "running");
        await File.WriteAllTextAsync(Path.Combine(folder.Folder.Root, "go"), "", TestContext.Current.CancellationToken);
        await page.ExpectTextAsync("section-front", "2 of 2 running");
        await Assertions.Expect(page.By("status-db")).ToContainTextAsync("running", new() { Timeout = 30_000 });
        Assert.Empty(page.Errors);
    }
}
