using Bunit;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Components.Status;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components;

public sealed class StatusBannersTests : DashboardContext
{
    private static readonly SystemSnapshot Alive = SystemSnapshot.Empty with { DaemonAlive = true };

    [Fact]
    public void A_living_daemon_without_complaints_needs_no_banner() => Assert.Empty(Banners(Alive).FindAll(".banner"));

    [Fact]
    public void A_missing_daemon_is_said_and_only_a_launcher_offers_a_start()
    {
        var banners = Banners(SystemSnapshot.Empty);
        Assert.Contains("daemon is not running", banners.Find(Id("daemon-gone")).TextContent, StringComparison.Ordinal);
        Assert.Empty(banners.FindAll(Id("start-daemon")));
    }

    [Fact]
    public void Problems_stand_line_by_line_also_while_the_daemon_runs()
    {
        var banners = Banners(Alive with { ProcfileProblems = ["Procfile line 1: <b>", "Procfile line 2: y"] });
        Assert.Equal(["Procfile line 1: <b>", "Procfile line 2: y"], banners.FindAll($"{Id("procfile-problems")} li").Select(l => l.TextContent));
    }

    [Fact]
    public void A_warning_can_be_dismissed_until_there_is_another()
    {
        var banners = Banners(Alive with { Warning = "damaged" });
        banners.Find(Id("warning-dismiss")).Click();
        Assert.Empty(banners.FindAll(Id("warning")));
        banners.Render(p => p.Add(b => b.Snapshot, Alive with { Warning = "another" }));
        Assert.Contains("another", banners.Find(Id("warning")).TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<StatusBanners> Banners(SystemSnapshot snapshot) => Render<StatusBanners>(p => p.Add(b => b.Snapshot, snapshot));
}
