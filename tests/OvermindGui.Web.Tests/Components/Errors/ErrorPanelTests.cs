using Bunit;
using OvermindGui.Core.Application;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Errors;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Errors;

public sealed class ErrorPanelTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact(Timeout = Timeout)]
    public async Task Errors_are_listed_with_how_often_and_a_click_leads_to_the_newest_line()
    {
        Project.WithDatabase().AppendErrors("web", "Error: request 1 failed", "Error: request 2 failed");
        Project.AppendErrors("api", "Error: no <such> table");
        ErrorReport? shown = null;
        var panel = Render<ErrorPanel>(p => p.Add(x => x.Source, OfAll()).Add(x => x.Show, error => shown = error));

        panel.WaitForAssertion(() => Assert.Equal(["Error: no <such> table", "Error: request 2 failed"], panel.FindAll("code").Select(c => c.TextContent)), Patience);
        Assert.Equal(["1 ×", "2 ×"], panel.FindAll("[data-testid=error-count]").Select(c => c.TextContent));
        await panel.FindAll("[data-testid=error-group]")[1].ClickAsync();
        Assert.Equal(("web", 2L), (shown?.Process, shown?.Line));

        await panel.Find("[data-testid=errors-new]").ClickAsync();
        panel.WaitForAssertion(() => Assert.NotNull(panel.Find("[data-testid=errors-none]")), Patience);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_comes_is_listed_as_well()
    {
        Project.WithDatabase();
        await Services.GetRequiredService<ChangeBroadcaster>().StartAsync(Cancellation);
        var panel = Render<ErrorPanel>(p => p.Add(x => x.Source, OfAll()));
        panel.WaitForAssertion(() => Assert.NotNull(panel.Find("[data-testid=errors-none]")), Patience);
        Project.AppendErrors("web", "Error: it failed");
        panel.WaitForAssertion(() => Assert.Equal(["Error: it failed"], panel.FindAll("code").Select(c => c.TextContent)), Patience);
    }

    [Fact]
    public void A_count_is_always_a_visible_bar()
    {
        var path = ErrorChart.PathOf([0, 1, 1_000_000]);
        Assert.Equal("M0 19h31v1h-31zM32 18h31v2h-31zM64 0h31v20h-31z", path);
    }

    private ProjectErrors OfAll() => new(Services.GetRequiredService<ErrorsQuery>(), ProcessFilter.Everything, null);
}
