using Bunit;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Components.Menus;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessRowStateTests : DashboardContext
{
    private const int Timeout = 30_000;

    private static readonly ProcessInfo Looping = Sample.Process("web", ProcessState.CrashLoop, 1) with
    {
        Crashes = 3,
        Reason = "third time, exited with code 1",
        RestartAt = TimeProvider.System.GetUtcNow().AddSeconds(600),
    };

    private IReadOnlyList<MenuEntry?> _menu = [];

    [Theory]
    [InlineData("waiting for db to be ready", ProcessState.Waiting)]
    [InlineData("left out by --ignored-processes", ProcessState.Stopped)]
    [InlineData("<b>no</b> connection", ProcessState.Running)]
    public void A_row_says_why_its_state_is_as_it_is(string reason, ProcessState state) =>
        Assert.Equal(reason, RenderRow(Sample.Process("web", state) with { Reason = reason }).Find("[data-testid=why-web]").TextContent.Trim());

    [Fact]
    public void Where_the_state_says_it_all_there_is_no_more() =>
        Assert.Empty(RenderRow(Sample.Process("web")).FindAll("[data-testid=why-web]"));

    [Fact]
    public void The_time_until_a_restart_counts_down_beside_its_reason()
    {
        var row = RenderRow(Looping);
        Assert.Matches("^restarts in (600|59[0-9]) s, third time, exited with code 1$", row.Find("[data-testid=why-web]").TextContent.Trim());
        Assert.Matches("^restarts in (600|59[0-9]) s$", row.Find("[data-restart]").TextContent);
    }

    [Fact]
    public async Task A_crash_loop_shows_the_last_lines_of_the_run_that_ended()
    {
        Project.WithDatabase().Append("web", "of the first run", "one", "two", "three", "four", "five", "<b>six</b>", "of a run that is up");
        Project.Append([("web", StyledLine.Plain("Exited with code 1"), LineSource.Notice)]);
        await using (var context = Project.Owner.CreateDbContext())
            await context.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number)
                VALUES (1, 1, 1, 1, 1, 2, 1, 'start', 0), (2, 1, 1, 2, 3, 4, 1, 'failure', 1), (3, 1, 1, 3, 5, NULL, NULL, 'failure', 2);
                UPDATE lines SET run_id = CASE WHEN id = 1 THEN 1 WHEN id = 8 THEN 3 ELSE 2 END;
                """, Cancellation);

        var row = RenderRow(Looping);

        Assert.Equal(["two", "three", "four", "five", "<b>six</b>"], row.FindAll("[data-testid=last-lines-web] li").Select(l => l.TextContent));
        Assert.True(row.Find("[data-testid=last-lines-web]").HasAttribute("open"));
        Assert.NotEmpty(RenderRow(Looping with { State = ProcessState.Starting }).FindAll("[data-testid=last-lines-web]"));
    }

    [Fact]
    public void One_that_ended_twice_or_came_to_rest_is_no_crash_loop()
    {
        var old = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        foreach (var process in (ProcessInfo[])[Looping with { Crashes = 2 }, Sample.Process("web", startedAt: old) with { Crashes = 3 }])
            Assert.Empty(RenderRow(process).FindAll("[data-testid=last-lines-web]"));
    }

    [Fact]
    public void It_tells_its_port_and_the_rule_for_its_end()
    {
        var row = RenderRow(Sample.Process("web") with { Port = 5100, Rule = "started again when it fails" });
        Assert.Equal(":5100", row.Find("[title='Port 5100']").TextContent);
        Assert.Equal("PID 4711 – run web\nstarted again when it fails", row.Find(".visibility").GetAttribute("title"));
    }

    [Theory]
    [InlineData(ProcessState.Running, true)]
    [InlineData(ProcessState.Stopping, true)]
    [InlineData(ProcessState.Stopped, false)]
    [InlineData(ProcessState.Waiting, false)]
    public void What_is_up_can_be_killed(ProcessState state, bool can)
    {
        RenderRow(Sample.Process("web", state)).Find("[data-testid=menu-web]").Click();
        Assert.Equal(!can, _menu.Single(e => e?.TestId == "kill")!.IsDisabled);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_menu_kills_by_the_daemon()
    {
        Project.WithDatabase().WithLivingDaemon();
        RenderRow(Sample.Process("web")).Find("[data-testid=menu-web]").Click();
        var killing = Renderer.Dispatcher.InvokeAsync(() => _menu.Single(e => e?.TestId == "kill")!.Act());
        Assert.Equal(("kill", "web"), await Project.AnswerAsync(succeeded: true, "Killed web"));
        await killing;
    }

    private IRenderedComponent<ProcessRow> RenderRow(ProcessInfo process)
    {
        var scope = new RowScope(Selection.All, ["web"], _ => Task.CompletedTask, _ => [], (_, entries, _) => _menu = entries);
        return Render<ProcessRow>(p => p.Add(r => r.Process, process).Add(r => r.DaemonAlive, true).Add(r => r.Scope, scope));
    }
}
