using Bunit;
using Microsoft.EntityFrameworkCore;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessRowTests : DashboardContext
{
    [Theory]
    [InlineData(ProcessState.Running, "restart stop")]
    [InlineData(ProcessState.Starting, "restart stop")]
    [InlineData(ProcessState.Stopping, "")]
    [InlineData(ProcessState.Stopped, "start")]
    [InlineData(ProcessState.Dead, "start")]
    [InlineData(ProcessState.Broken, "start")]
    [InlineData(ProcessState.Waiting, "start stop")]
    [InlineData(ProcessState.CrashLoop, "start stop")]
    [InlineData(ProcessState.Unknown, "start")]
    public void Only_what_can_be_done_is_enabled(ProcessState state, string enabled) =>
        Assert.Equal(enabled, Enabled(RenderRow(Sample.Process("web", state))));

    [Theory]
    [InlineData(ProcessState.Running)]
    [InlineData(ProcessState.Stopped)]
    [InlineData(ProcessState.Unknown)]
    public void Nothing_can_be_done_without_a_daemon(ProcessState state) =>
        Assert.Equal("", Enabled(RenderRow(Sample.Process("web", state), alive: false)));

    [Fact]
    public void Every_control_says_for_which_process_it_is()
    {
        var row = RenderRow(Sample.Process("web"));
        Assert.Equal(["Restart web", "Stop web", "More for web"], row.FindAll(".actions button").Select(b => b.GetAttribute("aria-label")));
        Assert.Equal("Show the output of web", row.Find("input").GetAttribute("aria-label"));
        Assert.Equal("web", row.Find("[data-testid=process-web]").TextContent.Trim());
    }

    [Fact]
    public void Who_is_attached_to_its_terminal_is_marked()
    {
        Assert.Empty(RenderRow(Sample.Process("web")).FindAll("[data-testid=attached-web]"));
        var mark = RenderRow(Sample.Process("web") with { Attached = "cli:alice\npage" }).Find("[data-testid=attached-web]");
        Assert.Equal(("attached: cli:alice, page", "attached: cli:alice, page"), (mark.GetAttribute("title"), mark.TextContent));
    }

    [Fact]
    public void A_running_process_shows_since_when_and_says_that_it_runs()
    {
        var started = TimeProvider.System.GetUtcNow().AddHours(-2).AddMinutes(-5);
        var row = RenderRow(Sample.Process("web", startedAt: started));
        Assert.Equal("2h 5m", row.Find("[data-since]").TextContent);
        Assert.Equal($"{started.ToUnixTimeSeconds()}", row.Find("[data-since]").GetAttribute("data-since"));
        Assert.StartsWith("running", row.Find("[data-testid=status-web]").TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_shows_how_and_when()
    {
        var row = RenderRow(Sample.Process("web", ProcessState.Dead, 3) with { EndedAt = TimeProvider.System.GetUtcNow().AddMinutes(-2) });
        Assert.Equal("failed · exit 3 · 2 min ago", string.Join(' ', row.Find("[data-testid=status-web]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Contains("bad", row.Find("[data-testid=status-web]").ClassList);
    }

    [Fact]
    public void Its_tooltip_has_the_whole_name_the_command_the_pid_and_the_rule_for_its_end()
    {
        var name = "a-name-that-is-too-long-for-any-list-of-processes";
        var row = RenderRow(Sample.Process(name) with { Rule = "restarted when it fails", Port = 5100 });
        Assert.Equal($"{name}\nPID 4711 – run {name}\nrestarted when it fails", row.Find($"[data-testid=process-{name}]").GetAttribute("title"));
        Assert.Equal(name, row.Find(".pname").TextContent); // shortened for the eye alone
        Assert.Equal("processes", row.Find(".part").TextContent);
        Assert.Equal(":5100", row.Find("[title='Port 5100']").TextContent);
    }

    [Theory]
    [InlineData("waiting for db to be ready", ProcessState.Waiting)]
    [InlineData("left out by --ignored-processes", ProcessState.Stopped)]
    [InlineData("<b>no</b> connection", ProcessState.Running)]
    public void A_second_line_says_why_its_state_is_as_it_is(string reason, ProcessState state) =>
        Assert.Equal(reason, RenderRow(Sample.Process("web", state) with { Reason = reason }).Find("[data-testid=why-web]").TextContent.Trim());

    [Fact]
    public void Where_the_state_says_it_all_there_is_one_line() => Assert.Empty(RenderRow(Sample.Process("web")).FindAll("[data-testid=why-web], .last"));

    [Fact]
    public void The_time_until_a_restart_counts_down_beside_its_reason_and_the_exit_is_said_once()
    {
        var restart = TimeProvider.System.GetUtcNow().AddSeconds(600);
        var row = RenderRow(Sample.Process("web", ProcessState.CrashLoop, 1) with { RestartAt = restart, Reason = "third time, exited with code 1" });
        Assert.Matches("^restarts in (600|59[0-9]) s, third time$", row.Find("[data-testid=why-web]").TextContent.Trim());
        Assert.Equal($"{restart.ToUnixTimeMilliseconds()}", row.Find("[data-testid=restart-at-web]").GetAttribute("data-restart"));
    }

    [Fact]
    public async Task A_failed_process_shows_the_last_line_of_the_run_that_ended()
    {
        Project.WithDatabase().Append("web", "of the first run", "one", "<b>two</b>", "of a run that is up");
        Project.Append([("web", StyledLine.Plain("Exited with code 1"), LineSource.Notice)]);
        await using (var context = Project.Owner.CreateDbContext())
            await context.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO runs(id, process_id, daemon_id, pid, started_at, ended_at, exit_code, cause, restart_number)
                VALUES (1, 1, 1, 1, 1, 2, 1, 'start', 0), (2, 1, 1, 2, 3, 4, 1, 'failure', 1), (3, 1, 1, 3, 5, NULL, NULL, 'failure', 2);
                UPDATE lines SET run_id = CASE WHEN id = 1 THEN 1 WHEN id = 4 THEN 3 ELSE 2 END;
                """, Cancellation);

        Assert.Equal(["<b>two</b>"], RenderRow(Sample.Process("web", ProcessState.Dead, 1)).FindAll("[data-testid=last-lines-web] li").Select(l => l.TextContent));
        Assert.Empty(RenderRow(Sample.Process("web")).FindAll("[data-testid=last-lines-web]"));
    }

    private static string Enabled(IRenderedComponent<ProcessRow> row) => string.Join(
        ' ', row.FindAll(".actions button").Where(b => !b.HasAttribute("disabled") && b.GetAttribute("title") is "Start" or "Restart" or "Stop")
            .Select(b => b.GetAttribute("title")!.ToLowerInvariant()));

    private IRenderedComponent<ProcessRow> RenderRow(ProcessInfo process, bool alive = true) =>
        Render<ProcessRow>(p => p.Add(r => r.Process, process).Add(r => r.DaemonAlive, alive));
}
