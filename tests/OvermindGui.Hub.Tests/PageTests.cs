using Bunit;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor.Services;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Hub.Tests.Support;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.HubView;
using OvermindGui.Web.Live;

namespace OvermindGui.Hub.Tests;

/// <summary>The page over a hub, with a real server behind it.</summary>
public sealed class PageTests(PostgresCluster postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_is_chosen_decides_which_lines_are_shown_and_new_ones_follow()
    {
        var name = await postgres.CreateHubAsync();
        await using var one = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(name), Host = "alpha" }, "web: echo from alpha; exec sleep 100");
        await using var two = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(name), Host = "beta", Control = true }, "job: echo '<b>from beta</b>'; while :; do echo more; sleep 0.5; done");
        await postgres.WaitForAsync(name, "SELECT count(*) FROM overmind.lines WHERE text LIKE '%from %a%'", "2");
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var context = Context(hub);
        var page = context.Render<HubPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("from alpha", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("<b>from beta</b>", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal); // as text, never as markup

        await page.WaitForAssertionAsync(() => page.Find("[data-testid=host-beta]"), Patience);
        await page.Find("[data-testid=host-beta]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("more", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("from alpha", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal);
        var shown = page.FindAll(".line").Count;
        await page.WaitForAssertionAsync(() => Assert.True(page.FindAll(".line").Count > shown), Patience);

        await page.Find("[data-testid=host-beta]").ClickAsync(new()); // again: everything
        await page.Find("[data-testid=hub-search]").InputAsync(new() { Value = "FROM" });
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Equal(2, page.FindAll(".line").Count), Patience);

        await page.Find("[data-testid=hub-search]").InputAsync(new() { Value = "^from a.*A$" });
        await page.Find("[data-testid=hub-regex]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Equal("from alpha", page.Find(".line > span").TextContent), Patience);
        Assert.Single(page.FindAll(".line"));
        await page.Find("[data-testid=hub-search]").InputAsync(new() { Value = "(" });
        await page.Find("form").SubmitAsync();
        await page.WaitForAssertionAsync(() => Assert.Contains("regex:", page.Find("[data-testid=hub-problem]").TextContent, StringComparison.Ordinal), Patience);

        // Only the daemon that allows it shows buttons.
        Assert.Empty(page.FindAll("[aria-label='Restart web']"));
        await page.WaitForAssertionAsync(() => page.Find("[aria-label='Stop job']"), Patience);
        await page.Find("[aria-label='Stop job']").ClickAsync(new());
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status WHERE process_name = 'job'", "stopped");
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("[aria-label='Start job']")), Patience);
    }

    [Fact]
    public async Task A_page_that_many_lines_pass_shows_the_newest()
    {
        var name = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = postgres.Address(name) }, "web: echo begins; while [ ! -e go ]; do sleep 0.05; done; seq 1 6000; echo newest; exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT text FROM overmind.lines WHERE text = 'begins'", "begins");
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var context = Context(hub);
        var page = context.Render<HubPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("begins", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal), Patience);
        await File.WriteAllTextAsync(Path.Combine(daemon.Folder.Root, "go"), "", Xunit.TestContext.Current.CancellationToken);
        await page.WaitForAssertionAsync(() => Assert.Contains("newest", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("begins", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-testid=hub-older]"));
    }

    [Fact]
    public async Task Errors_runs_failures_and_details_are_beside_the_lines_and_lead_to_them()
    {
        var name = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(
            new HubFlags { Address = postgres.Address(name), Host = "alpha", Control = true }, "web: seq 1 900; echo ERROR it broke; seq 1001 1800; exit 3", "job: exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status WHERE process_name = 'web'", "dead");
        await postgres.ExecuteAsync(name, """
            INSERT INTO overmind.failure_hits (project_id, id, process_id, run_id, line_id, pattern, text, time, action, outcome)
            SELECT 1, 77, process_id, run_id, id, 'broke', text, time / 1000.0, 'restart', 'was restarted' FROM overmind.lines WHERE text LIKE '%broke'
            """);
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var context = Context(hub);
        var page = context.Render<HubPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("1800", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("it broke", page.Find("[data-testid=hub-lines]").TextContent, StringComparison.Ordinal);

        // An error leads to its line, among those around it.
        await page.Find("[data-testid=hub-panel-errors]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("alpha/", page.Find("[data-testid=error-group] .name").TextContent, StringComparison.Ordinal), Patience);
        await page.Find("[data-testid=error-group]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Equal("ERROR it broke", page.Find(".line.at > span").TextContent), Patience);
        Assert.Contains(page.FindAll(".line > span"), line => line.TextContent == "900");
        await page.Find("[data-testid=hub-newer]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains(page.FindAll(".line > span"), line => line.TextContent == "1500"), Patience);

        // So does a failure.
        await page.Find("[data-testid=hub-newest]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Empty(page.FindAll(".line.at")), Patience);
        await page.Find("[data-testid=hub-panel-failures]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=hit]"), Patience);
        await page.Find("[data-testid=hit]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Equal("ERROR it broke", page.Find(".line.at > span").TextContent), Patience);

        // Runs are those of the chosen process.
        await page.Find("[data-testid=hub-panel-runs]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("Choose a process", page.Find("[data-testid=hub-runs]").TextContent, StringComparison.Ordinal), Patience);
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=process-web]"), Patience);
        await page.Find("[data-testid=process-web]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=run-1]"), Patience);
        Assert.Empty(page.FindAll("[data-testid=pin-1]"));
        await page.Find("[data-testid=run-1]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("run id", page.Find("[data-testid=hub-chips]").TextContent, StringComparison.Ordinal), Patience);

        // The details say how it is, give commands, and where its terminal is.
        await page.Find("[data-testid=hub-panel-details]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("failed", page.Find("[data-testid=hub-state]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("overmind-gui connect web", page.Find("[data-testid=hub-terminal]").TextContent, StringComparison.Ordinal);
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=process-job]"), Patience);
        await page.Find("[data-testid=process-job]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=hub-kill]"), Patience);
        await page.Find("[data-testid=hub-kill]").ClickAsync(new());
        await postgres.WaitForAsync(name, "SELECT started_by IS NULL OR started_by LIKE '%' FROM overmind.runs WHERE exit_code = 137", "True");
    }

    [Fact]
    public async Task What_is_measured_is_shown_for_all_and_over_time_for_one()
    {
        var name = await postgres.CreateHubAsync();
        await using var daemon = await HubDaemon.StartAsync(new HubFlags { Address = postgres.Address(name), Host = "alpha" }, "web: exec sleep 100");
        await postgres.WaitForAsync(name, "SELECT status FROM overmind.process_status", "running");
        await postgres.ExecuteAsync(name, """
            INSERT INTO overmind.resource_samples (project_id, id, process_id, run_id, time, span, cpu, cpu_peak, memory, memory_peak, threads, open_files, disk_read, disk_written, children)
            SELECT 1, 1000 + i, s.process_id, s.run_id, extract(epoch FROM now()) - i * 5, 5, 12.5, 20, 104857600, 104857600, 1, 1, 0, 0, 0
            FROM (SELECT k.id AS process_id, p.run_id FROM overmind.process_status p JOIN overmind.processes k ON k.name = p.process_name) s, generate_series(0, 9) i
            """);
        await using var hub = new HubDatabase(postgres.Address(name));
        await using var context = Context(hub);
        var page = context.Render<HubPage>();
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=process-web]"), Patience);
        await page.Find("[data-testid=hub-panel-resources]").ClickAsync(new());
        await page.WaitForAssertionAsync(() => Assert.Contains("12.5 %", page.Find("[data-testid=hub-used] tbody").TextContent, StringComparison.Ordinal), Patience);
        await page.Find("[data-testid=hub-used] tbody button").ClickAsync(new());
        await page.WaitForAssertionAsync(() => page.Find("[data-testid=resources-range]"), Patience);
        await page.Find("[data-testid=resources-range]").ChangeAsync(new() { Value = "15m" });
        await page.WaitForAssertionAsync(() => Assert.NotEmpty(page.FindAll("svg path.value")), Patience);
    }

    [Theory]
    [InlineData("host=alpha&project=3&process=web&q=x&regex=1&case=1&word=1&invert=1&level=error&run=7&since=5&until=6&at=9.3.1&panel=errors")]
    [InlineData("last=1h")]
    [InlineData("")]
    public void The_address_holds_everything(string query)
    {
        var state = HubPageState.Parse(System.Web.HttpUtility.ParseQueryString(query));
        Assert.Equal(query, state.ToQuery().TrimStart('?'));
    }

    [Fact]
    public async Task A_hub_that_is_away_is_said_on_the_page()
    {
        await using var hub = new HubDatabase(postgres.Address("no_such_database"));
        await using var context = Context(hub);
        var page = context.Render<HubPage>();
        await page.WaitForAssertionAsync(() => Assert.Contains("no such database", page.Find("[data-testid=hub-problem]").TextContent, StringComparison.Ordinal), Patience);
    }

    private static BunitContext Context(HubDatabase hub)
    {
        var context = new BunitContext { JSInterop = { Mode = JSRuntimeMode.Loose } };
        context.Services.AddMudServices();
        context.Services.AddSingleton(TimeProvider.System).AddSingleton(hub).AddSingleton<HubCatalog>().AddSingleton<HubLog>().AddSingleton<HubCommands>()
            .AddSingleton<HubTimeline>().AddSingleton<HubErrorGroups>().AddSingleton<HubHistory>().AddSingleton<HubSources>().AddSingleton<IChangeSource, HubChangeFeed>()
            .AddScoped<HubActions>().AddScoped<BrowserClock>().AddSingleton(new HubChanges(hub, NullLogger<HubChanges>.Instance)).AddScoped<PageTheme>();
        return context;
    }
}
