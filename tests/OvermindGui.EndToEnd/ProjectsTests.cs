using System.Text.Json;
using Microsoft.Playwright;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>The projects of a user: found from folders below them, and listed.</summary>
[Collection(BrowserTests.Name)]
public class ProjectsTests(Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Verbs_find_the_project_from_a_folder_below_and_name_it()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var below = Directory.CreateDirectory(Path.Combine(folder.Folder.Root, "src", "deep")).FullName;
        var note = $"Using the project in {folder.Folder.Root}\n";
        await using var daemon = await DetachedDaemon.StartAsync(folder.Folder);

        Assert.Equal(new CliResult(0, "Restarted web\n", note), await Cli.RunAsync(below, "restart", "web"));
        Assert.Equal("", (await Cli.RunAsync(folder.Folder.Root, "ps")).Errors);
        // Named folders are used as they are.
        Assert.Equal(new CliResult(1, "", $"Error: No daemon running in {below}\n"), await Cli.RunAsync(below, "ps", "."));
        Assert.Equal(new CliResult(1, "", "Procfile not found in src\n"), await Cli.RunAsync(folder.Folder.Root, "server", "src"));

        File.SetUnixFileMode(folder.Folder.Procfile, File.GetUnixFileMode(folder.Folder.Procfile) | UnixFileMode.OtherWrite);
        var skipped = await Cli.RunAsync(below, "server");
        Assert.Equal(1, skipped.ExitCode);
        Assert.Equal(
            $"Skipped a project: every user may write to {folder.Folder.Procfile}. To use it all the same, name its folder: --working-dir FOLDER\n"
            + "Procfile not found in current directory\n",
            skipped.Errors);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_page_starts_another_project_and_leads_to_its_dashboard()
    {
        using var own = new TestFolder("web: sleep 1000");
        using var other = new TestFolder("job: echo hello from the other; sleep 1000");
        Assert.Equal(0, (await Cli.RunAsync(other.Folder.Root, "daemon", "--detach")).ExitCode);
        Assert.Equal(0, (await Cli.RunAsync(other.Folder.Root, "quit")).ExitCode);
        await using var server = await Server.StartAsync(own.Folder);
        await using var page = await chromium.OpenAsync(server.Address);

        await page.By("project-switcher").ClickAsync();
        await page.By("all-projects").ClickAsync();
        await page.By($"start-{other.Folder.Name}").ClickAsync();
        await page.By($"open-{other.Folder.Name}").ClickAsync();

        await Assertions.Expect(page.LinesOf("job").First).ToContainTextAsync("hello from the other");
        Assert.NotEqual(server.Address.Port, new Uri(page.Page.Url).Port);
        Assert.Empty(page.Errors);
        Assert.Equal(0, (await Cli.RunAsync(other.Folder.Root, "quit")).ExitCode);
        await Eventually.TrueAsync(() => !Started.PidsNaming(other.Folder.Root).Any()); // its dashboard ends with it
    }

    [Fact(Timeout = Timeout)]
    public async Task One_dashboard_shows_all_projects_and_several_beside_each_other()
    {
        using var one = new TestFolder("web: echo from the one; sleep 1000");
        using var other = new TestFolder("job: echo from the other; sleep 1000");
        await using var first = await DetachedDaemon.StartAsync(one.Folder);
        await using var second = await DetachedDaemon.StartAsync(other.Folder);
        using var all = new Started(Published.Executable, "dashboard", "--all", "--port", $"{Ports.Next()}");
        var address = await all.Address;
        await using var page = await chromium.OpenAsync(address);

        await page.By($"open-{one.Folder.Name}").ClickAsync();
        await Assertions.Expect(page.LinesOf("web").First).ToContainTextAsync("from the one");
        Assert.StartsWith($"/p/{one.Folder.Name}/", new Uri(page.Page.Url).AbsolutePath, StringComparison.Ordinal);
        await page.By("project-switcher").ClickAsync();
        await page.By($"project-{other.Folder.Name}").ClickAsync();
        await Assertions.Expect(page.LinesOf("job").First).ToContainTextAsync("from the other");

        await page.Page.GotoAsync($"{address}side-by-side?show={one.Folder.Name}&show={other.Folder.Name}");
        foreach (var (folder, text) in new[] { (one.Folder, "from the one"), (other.Folder, "from the other") })
            await Assertions.Expect(page.Page.FrameLocator($"[data-testid=pane-{folder.Name}]").GetByTestId("log")).ToContainTextAsync(text);
        Assert.Empty(page.Errors);

        using var client = new HttpClient { BaseAddress = address };
        (await client.PostAsync($"p/{one.Folder.Name}/api/restart", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => File.ReadAllText($"/proc/{all.Pid}/cmdline").Contains("\0web\0--all\0", StringComparison.Ordinal)); // the same process, begun again
        await Assertions.Expect(page.Page.FrameLocator($"[data-testid=pane-{one.Folder.Name}]").GetByTestId("reconnect-overlay")).Not.ToBeVisibleAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_project_is_listed_with_its_dashboard_and_forgotten_once_it_is_stopped()
    {
        using var folder = new TestFolder("web: sleep 1000");
        var name = folder.Folder.Name;
        await using (var server = await Server.StartAsync(folder.Folder))
        {
            var row = (await Cli.RunAsync(Path.GetTempPath(), "projects")).Output.Split('\n').Single(line => line.EndsWith(folder.Folder.Root, StringComparison.Ordinal));
            Assert.Equal([name, "running", "1/1", "0"], row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
            Assert.Contains($"http://localhost:{server.Address.Port}", row, StringComparison.Ordinal);
            Assert.Equal(1, (await Cli.RunAsync(Path.GetTempPath(), "projects", "forget", name)).ExitCode);
            Assert.Equal(0, (await Cli.RunAsync(folder.Folder.Root, "quit")).ExitCode);
            await server.WaitForExitAsync();
        }

        using var answer = JsonDocument.Parse((await Cli.RunAsync(Path.GetTempPath(), "projects", "--json")).Output);
        var stopped = answer.RootElement.GetProperty("projects").EnumerateArray().Single(p => p.GetProperty("name").GetString() == name);
        Assert.Equal("stopped", stopped.GetProperty("state").GetString());
        Assert.Equal(0, stopped.GetProperty("dashboards").GetArrayLength());
        Assert.Equal(new CliResult(0, $"✓ {name} is no longer in the list\n", ""), await Cli.RunAsync(Path.GetTempPath(), "projects", "forget", name));
        Assert.DoesNotContain(name, (await Cli.RunAsync(Path.GetTempPath(), "projects", "--json")).Output, StringComparison.Ordinal);
    }
}
