using Bunit;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Sessions;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Sessions;

public sealed class SessionsPanelTests : DashboardContext
{
    private readonly List<object> _shown = [];

    public SessionsPanelTests()
    {
        Project.WithDatabase().WithProcess("web").Append("web", "one", "two");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var connection = Project.Owner.OpenConnection();
        connection.Execute(null, "UPDATE daemons SET started_at = $1, ended_at = $2", (double)(now - 7_200), (double)(now - 3_600));
        connection.Execute(null, "INSERT INTO daemons(pid, mode, version, working_directory, started_at) VALUES (1, 'native', '1', '/', $1), (2, 'native', '1', '/', $2)", (double)(now - 1_800), (double)(now - 600));
        connection.Execute(
            null, "INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number) VALUES (1, 1, 1, 7, $1, $2, 0, 'start', 0), (2, 1, 3, 7, $3, $4, 3, 'start', 0)",
            (double)(now - 7_000), (double)(now - 6_000), (double)(now - 10), (double)(now + 5));
        connection.Execute(null, "UPDATE lines SET run_id = 2");
    }

    [Fact]
    public void Each_session_has_its_name_time_and_end_and_a_click_shows_its_output()
    {
        var panel = Open();
        var sessions = panel.FindAll("[data-testid=sessions] .session .show").Select(s => s.TextContent).ToList();
        Assert.StartsWith("Current", sessions[0], StringComparison.Ordinal);
        Assert.Contains("running · 1 run, 1 failed", sessions[0], StringComparison.Ordinal);
        Assert.StartsWith("Previous", sessions[1], StringComparison.Ordinal);
        Assert.Contains("20m 0s · killed · 0 runs", sessions[1], StringComparison.Ordinal);
        Assert.StartsWith("#1", sessions[2], StringComparison.Ordinal);
        Assert.Contains("1h 0m · ended · 1 run", sessions[2], StringComparison.Ordinal);

        panel.Find("[data-testid=session-2]").Click();
        Assert.Equal(2, Assert.IsType<SessionInfo>(Assert.Single(_shown)).Id);
    }

    [Fact]
    public void The_last_crash_is_said_and_leads_to_its_line_and_to_what_was_before_it()
    {
        var panel = Open();
        Assert.Contains("Last crash: web run 2, exited with code 3", panel.Find(".crash").TextContent, StringComparison.Ordinal);
        panel.Find("[data-testid=last-crash]").Click();
        panel.WaitForAssertion(() => Assert.Equal(("web", 2L), Assert.Single(_shown)));
        panel.Find("[data-testid=before-crash]").Click();
        Assert.Equal(2, Assert.IsType<RunInfo>(_shown[1]).Id);
    }

    [Fact]
    public void A_run_of_a_session_is_pinned_and_says_what_it_holds()
    {
        var panel = Open();
        panel.Find("[data-testid=session-runs-3]").Click();
        panel.WaitForElement("[data-testid=pin-run-2]").Click();
        panel.WaitForAssertion(() => Assert.Equal("2 lines", panel.Find("[data-testid=sessions] [data-testid=held-2]").TextContent));
        Assert.Equal("Pinned runs 2 lines", panel.Find("h3").TextContent);
        panel.Find("[data-testid=pinned-runs] [data-testid=pin-run-2]").Click();
        panel.WaitForAssertion(() => Assert.Empty(panel.FindAll("[data-testid=pinned-runs]")));
    }

    private IRenderedComponent<SessionsPanel> Open()
    {
        var panel = Render<SessionsPanel>(parameters => parameters
            .Add(p => p.ShowSession, _shown.Add).Add(p => p.ShowRun, _shown.Add).Add(p => p.ShowBefore, _shown.Add).Add(p => p.ShowLine, at => _shown.Add(at)));
        panel.WaitForElement("[data-testid=session-1]");
        return panel;
    }
}
