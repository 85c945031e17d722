using Bunit;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components;

public sealed class ProcessRowTests : DashboardContext
{
    [Theory]
    [InlineData(ProcessState.Running, null, "running")]
    [InlineData(ProcessState.Stopped, 143, "stopped")]
    [InlineData(ProcessState.Dead, 3, "dead · code 3")]
    [InlineData(ProcessState.Dead, 137, "dead · SIGKILL")]
    [InlineData(ProcessState.Dead, 0, "exited")]
    [InlineData(ProcessState.Broken, 143, "broken")]
    [InlineData(ProcessState.Starting, null, "starting")]
    [InlineData(ProcessState.Stopping, null, "stopping")]
    [InlineData(ProcessState.Unknown, null, "unknown")]
    public void The_state_is_said_in_words(ProcessState state, int? exitCode, string text) =>
        Assert.Equal(text, Row(state, exitCode).Find(Id("status-web")).TextContent.Trim());

    [Theory]
    [InlineData(ProcessState.Running, false, true, true)]
    [InlineData(ProcessState.Stopped, true, true, false)]
    [InlineData(ProcessState.Dead, true, true, false)]
    [InlineData(ProcessState.Starting, false, true, true)]
    [InlineData(ProcessState.Stopping, false, false, false)]
    public void Only_what_makes_sense_can_be_clicked(ProcessState state, bool start, bool restart, bool stop)
    {
        var row = Row(state);
        Assert.Equal(start, !row.Find(Id("start-web")).HasAttribute("disabled"));
        Assert.Equal(restart, !row.Find(Id("restart-web")).HasAttribute("disabled"));
        Assert.Equal(stop, !row.Find(Id("stop-web")).HasAttribute("disabled"));
    }

    [Theory]
    [InlineData(ProcessState.Running)]
    [InlineData(ProcessState.Starting)]
    [InlineData(ProcessState.Dead)]
    public void Nothing_can_be_clicked_without_a_daemon(ProcessState state)
    {
        var row = Row(state, daemonAlive: false);
        foreach (var verb in (ReadOnlySpan<string>)["start", "restart", "stop"]) Assert.True(row.Find(Id($"{verb}-web")).HasAttribute("disabled"));
    }

    [Fact]
    public void Only_a_running_process_has_an_uptime()
    {
        Assert.Single(Row(ProcessState.Running).FindAll("[data-since]"));
        Assert.Empty(Row(ProcessState.Dead, 1).FindAll("[data-since]"));
    }

    [Fact]
    public void A_click_on_the_name_toggles_its_lines()
    {
        var toggled = 0;
        var row = Render<ProcessRow>(p => p.Add(r => r.Process, Info("web", ProcessState.Running)).Add(r => r.Visible, false).Add(r => r.Toggle, () => toggled++));
        Assert.Equal("false", row.Find(Id("process-web")).GetAttribute("aria-checked"));
        row.Find(Id("process-web")).Click();
        Assert.Equal(1, toggled);
    }

    private IRenderedComponent<ProcessRow> Row(ProcessState state, int? exitCode = null, bool daemonAlive = true) =>
        Render<ProcessRow>(p => p.Add(r => r.Process, Info("web", state, exitCode)).Add(r => r.DaemonAlive, daemonAlive).Add(r => r.Visible, true));
}
