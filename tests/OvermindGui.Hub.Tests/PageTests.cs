using Bunit;
using Microsoft.Extensions.Logging.Abstractions;
using MudBlazor.Services;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Commands;
using OvermindGui.Hub.Model;
using OvermindGui.Hub.Reading;
using OvermindGui.Hub.Tests.Support;
using OvermindGui.Web.Components.Layout;
using OvermindGui.Web.HubView;

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
            .AddSingleton(new HubChanges(hub, NullLogger<HubChanges>.Instance)).AddScoped<PageTheme>();
        return context;
    }
}
