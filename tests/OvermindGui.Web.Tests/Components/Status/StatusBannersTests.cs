using Bunit;
using OvermindGui.Core.Control;
using OvermindGui.Web.Components.Status;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Status;

public sealed class StatusBannersTests : DashboardContext
{
    private const int Timeout = 30_000;

    private static readonly SystemSnapshot Healthy = Sample.Snapshot(Sample.Process("web"));

    [Fact]
    public void Where_all_is_well_there_is_nothing_to_say() => Assert.Empty(RenderBanners(Healthy).FindAll(".banner"));

    [Fact]
    public void A_missing_daemon_is_reported_and_can_be_started()
    {
        var banners = RenderBanners(Healthy with { DaemonAlive = false }, Shell("exit 0"));
        Assert.Contains("The daemon is not running", banners.Find("[data-testid=daemon-gone]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Start daemon", banners.Find("[data-testid=start-daemon]").TextContent.Trim());
    }

    [Fact]
    public void Why_the_daemon_ended_by_itself_is_reported()
    {
        var banners = RenderBanners(Healthy with { DaemonAlive = false, EndReason = "<b>web</b> exited with code 3" });
        Assert.Contains("<b>web</b> exited with code 3", banners.Find("[data-testid=end-reason]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_keeps_output_from_being_stored_is_reported_as_long_as_it_does()
    {
        var banners = RenderBanners(Healthy with { StorageTrouble = "<b>disk</b> is full" });
        Assert.Contains("<b>disk</b> is full", banners.Find("[data-testid=storage-trouble]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_launcher_there_is_no_button_but_a_word_on_where_it_starts()
    {
        var banners = RenderBanners(Healthy with { DaemonAlive = false });
        Assert.NotEmpty(banners.FindAll("[data-testid=daemon-gone]"));
        Assert.Empty(banners.FindAll("[data-testid=start-daemon]"));
        Assert.Contains("Start it where it runs", banners.Find("[data-testid=start-elsewhere]").TextContent, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task Why_a_daemon_did_not_start_is_reported_in_its_own_words()
    {
        var banners = RenderBanners(Healthy with { DaemonAlive = false }, Shell("echo 'no <Procfile> here' >&2; exit 3"));
        await banners.Find("[data-testid=start-daemon]").ClickAsync();
        banners.WaitForAssertion(() => Assert.Equal("no <Procfile> here", banners.Find("[data-testid=start-failure] .summary").TextContent));
        Assert.False(banners.Find("[data-testid=start-daemon]").HasAttribute("disabled")); // and it can be tried again
    }

    [Fact(Timeout = Timeout)]
    public async Task A_daemon_that_started_is_no_failure()
    {
        var banners = RenderBanners(Healthy with { DaemonAlive = false }, Shell($"echo {DaemonLauncher.ReadyLine}"));
        await banners.Find("[data-testid=start-daemon]").ClickAsync();
        banners.WaitForAssertion(() => Assert.False(banners.Find("[data-testid=start-daemon]").HasAttribute("disabled")));
        Assert.Empty(banners.FindAll("[data-testid=start-failure]"));

        banners.Render(p => p.Add(b => b.Snapshot, Healthy));
        Assert.Empty(banners.FindAll(".banner"));
    }

    [Fact]
    public void Problems_of_the_Procfile_are_one_line_that_can_be_opened_and_dismissed()
    {
        var banners = RenderBanners(Healthy with { ProcfileProblems = ["Procfile line 3: <b>", "Procfile line 9: no command"] });
        Assert.Equal("Procfile line 3: <b> and 1 more", banners.Find(".summary").TextContent);
        Assert.Empty(banners.FindAll("li"));
        banners.Find("[data-testid=procfile-problems-details]").Click();
        Assert.Equal(["Procfile line 3: <b>", "Procfile line 9: no command"], banners.FindAll("li").Select(p => p.TextContent));
        Assert.Equal("2 warnings in Procfile", banners.Find("strong").TextContent);

        banners.Find("[data-testid=procfile-problems-dismiss]").Click();
        Assert.Empty(banners.FindAll(".banner"));
        banners.Render(p => p.Add(b => b.Snapshot, Healthy with { ProcfileProblems = ["Procfile line 4: other"] }));
        Assert.NotEmpty(banners.FindAll(".banner"));
    }

    [Theory]
    [InlineData("Warning in overmind-gui.yaml", "overmind-gui.yaml line 4, column 7: worker waits for web, which is left out")]
    [InlineData("Warning in .env", "OVERMIND_PORT (.env line 2): expected a number")]
    [InlineData("Warning", "--formation: there is no process api")]
    [InlineData("2 warnings", "Procfile line 3: no command", "overmind-gui.yaml: alert: x can never fire")]
    [InlineData("2 warnings in my Procfile", "my Procfile line 3: no command", "my Procfile line 4: no command")]
    public void The_banner_names_the_file_that_the_warnings_are_about(string title, params string[] problems)
    {
        var banners = RenderBanners(Healthy with { ProcfileProblems = problems });
        Assert.Equal(title, banners.Find("strong").TextContent);
    }

    [Fact]
    public void Without_a_daemon_they_are_problems()
    {
        var banners = RenderBanners(Healthy with { DaemonAlive = false, ProcfileProblems = ["Procfile: cannot be read"] });
        Assert.Equal("Problem in Procfile", banners.Find("[data-testid=procfile-problems] strong").TextContent);
    }

    [Fact]
    public void A_Procfile_without_any_process_cannot_be_used()
    {
        var banners = RenderBanners(Sample.Snapshot() with { ProcfileProblems = ["Procfile: no entries found"] });
        Assert.Equal("The Procfile cannot be used", banners.Find("strong").TextContent);
    }

    [Fact]
    public void A_dismissed_warning_stays_away_until_there_is_another()
    {
        var banners = RenderBanners(Healthy with { Warning = "The database was set aside" });
        Assert.Equal("The database was set aside", banners.Find("[data-testid=warning] .summary").TextContent);

        banners.Find("[data-testid=warning-dismiss]").Click();
        Assert.Empty(banners.FindAll("[data-testid=warning]"));
        banners.Render(p => p.Add(b => b.Snapshot, Healthy with { Warning = "The database was set aside", LineCount = 5 }));
        Assert.Empty(banners.FindAll("[data-testid=warning]"));

        banners.Render(p => p.Add(b => b.Snapshot, Healthy with { Warning = "Another one" }));
        Assert.Equal("Another one", banners.Find("[data-testid=warning] .summary").TextContent);
    }

    private IRenderedComponent<StatusBanners> RenderBanners(SystemSnapshot snapshot, DaemonLauncher? launcher = null)
    {
        AddOptions(launcher);
        return Render<StatusBanners>(p => p.Add(b => b.Snapshot, snapshot));
    }

    /// <summary>A program that is started as a daemon would be, and behaves as the script says.</summary>
    private static DaemonLauncher Shell(string script) => new(new SelfExecutable("/bin/sh", ["-c", script]));
}
