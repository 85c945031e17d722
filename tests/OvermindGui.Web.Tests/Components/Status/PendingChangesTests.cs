using Bunit;
using MudBlazor;
using OvermindGui.Web.Components.Status;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Status;

public sealed class PendingChangesTests : DashboardContext
{
    private const int Timeout = 30_000;

    [Fact]
    public void Without_changes_there_is_no_banner() => Assert.Empty(RenderLines().FindAll(".banner"));

    [Fact]
    public void Changes_are_listed_until_they_are_dismissed_and_other_ones_again()
    {
        var banner = RenderLines("+ <b>web</b>", "~ api: command, port 5000 → 5100");
        Assert.Equal(["+ <b>web</b>", "~ api: command, port 5000 → 5100"], banner.FindAll("li").Select(l => l.TextContent));

        banner.Find("[data-testid=pending-dismiss]").Click();
        Assert.Empty(banner.FindAll(".banner"));
        banner.Render(p => p.Add(b => b.Lines, ["- worker"]));
        Assert.NotEmpty(banner.FindAll(".banner"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true, "+ web", Severity.Success, "Applied the changed files")]
    [InlineData(false, "Procfile: nothing to run", Severity.Error, "Not applied: Procfile: nothing to run")]
    public async Task Apply_asks_the_daemon_and_tells_its_answer(bool succeeded, string outcome, Severity severity, string told)
    {
        Project.WithDatabase().WithLivingDaemon();
        var applying = RenderLines("+ web").Find("[data-testid=pending-apply]").ClickAsync();
        Assert.Equal(("reload", null), await Project.AnswerAsync(succeeded, outcome));
        await applying;
        Assert.Equal((severity, told), Told());
    }

    [Fact]
    public void Files_that_cannot_be_used_are_a_warning_with_its_reasons()
    {
        var banner = RenderLines("Procfile line 3: not valid");
        Assert.Contains("warn", banner.Find(".banner").ClassList);
        Assert.Contains("cannot be applied", banner.Find("strong").TextContent, StringComparison.Ordinal);
        Assert.Empty(banner.FindAll("[data-testid=pending-apply]"));
    }

    private IRenderedComponent<PendingChanges> RenderLines(params string[] lines) => Render<PendingChanges>(p => p.Add(b => b.Lines, lines));
}
