using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Projects;
using OvermindGui.Web.Security;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Projects;

public sealed class ProjectsPageTests : DashboardContext
{
    private const string Script = "./_content/OvermindGui.Web/js/projects.js";

    private readonly ListedProjects _list = new("touch started; echo ready");

    [Fact]
    public void A_page_whose_browser_was_not_checked_shows_the_reason_alone()
    {
        AddOptions(null, projects: _list.Projects);
        Answer(null, "Only for the user who runs the dashboard");

        var page = Render<ProjectsPage>();

        page.WaitForAssertion(() => Assert.Equal("Only for the user who runs the dashboard", page.Find("[data-testid=projects-problem]").TextContent));
        Assert.Empty(page.FindAll("li"));
    }

    [Fact]
    public void A_pass_that_was_not_issued_or_used_before_is_of_no_use()
    {
        AddOptions(null, projects: _list.Projects);
        var pass = Services.GetRequiredService<ProjectsPass>().Issue();
        Assert.True(Services.GetRequiredService<ProjectsPass>().TryUse(pass));
        Answer(pass, null);

        var page = Render<ProjectsPage>();

        page.WaitForAssertion(() => Assert.NotEmpty(page.Find("[data-testid=projects-problem]").TextContent));
    }

    [Fact]
    public void Projects_are_listed_with_their_state_and_started()
    {
        AddOptions(null, projects: _list.Projects);
        Project.WithDatabase().WithProcess("web").WithLivingDaemon();
        using var failed = new StoredProject().WithDatabase().WithProcess("api", ProcessState.Dead);
        var (own, other) = (_list.Add(Project).Name, _list.Add(failed).Name);
        Answer(Services.GetRequiredService<ProjectsPass>().Issue(), null);

        var page = Render<ProjectsPage>();

        page.WaitForAssertion(() => Assert.Contains("1 of 1 running", page.Find($"[data-testid=project-state-{own}]").TextContent, StringComparison.Ordinal));
        Assert.Contains("stopped", page.Find($"[data-testid=project-state-{other}]").TextContent, StringComparison.Ordinal);
        Assert.Contains("this one", page.Find($"[data-testid=project-{own}]").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll($"[data-testid=open-{own}]"));

        page.Find($"[data-testid=start-{other}]").Click();
        page.WaitForAssertion(() => Assert.True(File.Exists(Path.Combine(failed.Folder.Root, "started"))));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _list.Dispose();
    }

    private void Answer(string? pass, string? refusal) =>
        JSInterop.SetupModule(Script).Setup<ProjectsAccess.Reply>("pass").SetResult(new ProjectsAccess.Reply(pass, refusal));
}
