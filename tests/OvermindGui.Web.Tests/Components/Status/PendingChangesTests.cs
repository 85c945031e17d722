using Bunit;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Status;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Status;

public sealed class PendingChangesTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void Without_changes_there_is_no_banner() => Assert.Empty(Render().FindAll(".banner"));

    [Fact]
    public void What_applying_does_is_one_line_and_the_changes_are_behind_it()
    {
        var banner = Render(
            new(PendingChangeKind.Added, "<b>web</b>", ""), Restarted("api", "command, port 5000 → 5100"), new(PendingChangeKind.Updated, "db", "stop signal"), Removed("old"),
            Restarted("worker"));
        Assert.Equal("Applying restarts 2: api, worker · stops old · starts <b>web</b> · updates db", banner.Find(".summary").TextContent);
        Assert.Empty(banner.FindAll("li"));

        banner.Find("[data-testid=pending-changes-details]").Click();
        Assert.Equal(
            ["start <b>web</b>, which is new", "restart api: command, port 5000 → 5100", "update db without a restart: stop signal", "stop and remove old", "restart worker: command"],
            banner.FindAll("li").Select(l => l.TextContent));
    }

    [Fact]
    public void Dismissed_changes_stay_away_until_there_are_others()
    {
        var banner = Render(new PendingChange(PendingChangeKind.Added, "web", ""));
        banner.Find("[data-testid=pending-changes-dismiss]").Click();
        Assert.Empty(banner.FindAll(".banner"));
        banner.Render(p => p.Add(b => b.Pending, new PendingReload([Removed("worker")], [])));
        Assert.NotEmpty(banner.FindAll(".banner"));
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true, "+ web", Severity.Success, "Applied the changed files")]
    [InlineData(false, "Procfile: nothing to run", Severity.Error, "Not applied: Procfile: nothing to run")]
    public async Task One_change_that_interrupts_nothing_is_applied_at_once(bool succeeded, string outcome, Severity severity, string notice)
    {
        Project.WithDatabase().WithLivingDaemon();
        var applying = Render(new PendingChange(PendingChangeKind.Added, "web", "")).Find("[data-testid=pending-apply]").ClickAsync();
        Assert.Equal(("reload", null), await Project.AnswerAsync(succeeded, outcome));
        await applying;
        Assert.Equal((severity, notice), LastNotice());
    }

    [Fact(Timeout = Timeout)]
    public async Task More_than_one_change_is_asked_about_and_some_can_be_left_out()
    {
        Project.WithDatabase().WithLivingDaemon();
        var dialogs = Dialogs();
        var banner = Render(Restarted("web"), Restarted("api"), Removed("old"));
        var applying = banner.Find("[data-testid=pending-apply]").ClickAsync();
        await dialogs.WaitForElementAsync("[data-testid=apply-confirm]", Patience);
        Assert.Equal("Restarts 2: web, api · stops old.", dialogs.Find("[data-testid=apply-summary]").TextContent);
        Assert.Contains("running for 2h", dialogs.Markup, StringComparison.Ordinal);

        dialogs.FindComponents<MudCheckBox<bool>>()[1].Find("input").Change(false);
        Assert.Equal("Restarts web · stops old.", dialogs.Find("[data-testid=apply-summary]").TextContent);
        Assert.Equal("Apply 2 of 3", dialogs.Find("[data-testid=apply-confirm]").TextContent.Trim());
        await dialogs.Find("[data-testid=apply-confirm]").ClickAsync();
        Assert.Equal(("reload", "web,old"), await Project.AnswerAsync(succeeded: true, "~ web: command"));
        await applying;
    }

    [Theory(Timeout = Timeout)]
    [InlineData("api: sleep 1\nweb: sleep 1\n", "", "api", true)] // it has run for two hours
    [InlineData("api: sleep 1\nweb: sleep 1\n", "", "young", false)]
    [InlineData("young: sleep 1\nweb: sleep 1\n", "processes: {web: {depends_on: [young]}}\n", "young", true)]
    public async Task What_ran_long_or_others_depend_on_is_asked_about(string procfile, string settings, string process, bool asks)
    {
        Project.WithProcfile(procfile).WithDatabase().WithLivingDaemon();
        await File.WriteAllTextAsync(Path.Combine(Project.Folder.Root, "overmind-gui.yaml"), settings, Cancellation);
        var dialogs = Dialogs();
        var applying = Render(Restarted(process)).Find("[data-testid=pending-apply]").ClickAsync();
        if (asks)
        {
            await dialogs.WaitForElementAsync("[data-testid=apply-cancel]", Patience);
            await dialogs.Find("[data-testid=apply-cancel]").ClickAsync();
            await applying;
            await using var context = Project.Owner.CreateDbContext();
            Assert.Empty(context.Commands);
        }
        else
        {
            await Project.AnswerAsync(succeeded: true, $"~ {process}: command");
            await applying;
            Assert.Empty(dialogs.FindAll("[data-testid=apply-confirm]"));
        }
    }

    [Fact]
    public void Files_that_cannot_be_used_are_a_warning_with_its_reasons()
    {
        var banner = Render(new PendingReload([], ["Procfile line 3: not valid"]));
        Assert.Contains("warn", banner.Find(".banner").ClassList);
        Assert.Contains("cannot be applied", banner.Find("strong").TextContent, StringComparison.Ordinal);
        Assert.Empty(banner.FindAll("[data-testid=pending-apply]"));
    }

    private IRenderedComponent<MudDialogProvider> Dialogs()
    {
        Render<MudPopoverProvider>();
        return Render<MudDialogProvider>();
    }

    private static PendingChange Restarted(string process, string what = "command") => new(PendingChangeKind.Restarted, process, what);

    private static PendingChange Removed(string process) => new(PendingChangeKind.Removed, process, "");

    private IRenderedComponent<PendingChanges> Render(params PendingChange[] changes) =>
        Render(changes.Length == 0 ? null : new PendingReload(changes, []));

    private IRenderedComponent<PendingChanges> Render(PendingReload? pending)
    {
        var now = TimeProvider.System.GetUtcNow();
        ProcessInfo[] running =
        [
            Sample.Process("web", startedAt: now.AddHours(-2).AddMinutes(-1)), Sample.Process("api", startedAt: now.AddHours(-2).AddMinutes(-1)),
            Sample.Process("young", startedAt: now.AddMinutes(-1)), Sample.Process("old", startedAt: now),
        ];
        return Render<PendingChanges>(p => p.Add(b => b.Pending, pending).Add(b => b.Processes, running));
    }
}
