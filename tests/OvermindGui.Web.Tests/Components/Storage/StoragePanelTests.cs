using Bunit;
using MudBlazor;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Pruning;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Storage;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Storage;

public sealed class StoragePanelTests : DashboardContext
{
    public StoragePanelTests()
    {
        Project.WithDatabase().WithProcess("web").WithProcess("api").Append("web", Enumerable.Range(0, 1_000).Select(i => $"line {i}"));
        Project.Append("api", "one");
        using var connection = Project.Owner.OpenConnection();
        connection.Execute(null, "INSERT INTO stored_bytes VALUES (1, 3145728), (2, 43)");
        connection.Execute(null, "INSERT INTO bookmarks(line_id, process_id, time, note, created_at) VALUES (500, 1, 0, '', 0)");
    }

    [Fact]
    public void Each_process_has_lines_bytes_its_oldest_line_what_is_protected_and_what_goes_next()
    {
        var panel = Open();
        var web = panel.Find("[data-testid=stored-web]").TextContent;
        Assert.Contains("1,000 lines", web, StringComparison.Ordinal);
        Assert.Contains("3.0 MB", web, StringComparison.Ordinal);
        Assert.Contains("41 lines pinned or starred", web, StringComparison.Ordinal);
        Assert.Matches("Goes next: its oldest from [0-9-]+ [0-9:]+ on, after 30 days", web);
        Assert.Equal(["stored-web", "stored-api"], panel.FindAll("li").Select(li => li.GetAttribute("data-testid")));
        Assert.Contains("of 2.0 GB", panel.Markup, StringComparison.Ordinal);
        Assert.Equal("default", panel.Find("#keep-lines-note").TextContent);
    }

    [Fact]
    public void A_limit_that_deletes_nothing_is_set_at_once_and_can_be_set_back()
    {
        var panel = Open();
        panel.Find("[data-testid=keep-crashes]").Input("90d");
        panel.Find("[data-testid=limits]").Submit();
        panel.WaitForAssertion(() => Assert.Equal(RetentionLimits.Changed, panel.Find("#keep-crashes-note").TextContent));
        Assert.Equal("default", panel.Find("#keep-lines-note").TextContent);
        Assert.Equal(TimeSpan.FromDays(90), Limits().Crashes!.Value);

        panel.Find("[data-testid=limits-reset]").Click();
        panel.WaitForAssertion(() => Assert.Equal("default", panel.Find("#keep-crashes-note").TextContent));
        Assert.Equal("off", panel.Find("[data-testid=keep-crashes]").GetAttribute("value"));
        Assert.Equal(RetentionLimits.Default, Limits());
    }

    [Fact]
    public void Before_a_limit_deletes_output_it_is_said_how_much_and_nothing_happens_when_that_is_not_wanted()
    {
        var dialogs = Render<MudDialogProvider>();
        var panel = Open();
        Ask(panel);
        dialogs.WaitForAssertion(() => Assert.Contains("These limits delete web: 759 lines (more than 200 lines)", dialogs.Markup, StringComparison.Ordinal));
        Press(dialogs, "Cancel");
        Assert.Equal(RetentionLimits.Default, Limits());

        Ask(panel);
        dialogs.WaitForAssertion(() => Press(dialogs, "Delete 759 lines"));
        panel.WaitForAssertion(() => Assert.Contains("759 lines now: more than 200 lines", panel.Find("[data-testid=stored-web]").TextContent, StringComparison.Ordinal));
        Assert.Equal(200, Limits().Lines!.Value);
    }

    [Fact]
    public void A_limit_that_makes_no_sense_is_refused_at_its_field()
    {
        var panel = Open();
        panel.Find("[data-testid=keep-size]").Input("little");
        panel.Find("[data-testid=limits]").Submit();
        Assert.Equal("Expected a size such as 500M or 2G, 10M or more", panel.Find("#keep-size-note").TextContent);
        Assert.Equal("true", panel.Find("[data-testid=keep-size]").GetAttribute("aria-invalid"));
        Assert.Equal(RetentionLimits.Default, Limits());
    }

    [Fact]
    public void While_an_older_daemon_runs_it_is_said_what_helps()
    {
        using (var connection = Project.Owner.OpenConnection()) connection.Execute(null, "DROP TABLE retention");
        var panel = Render<StoragePanel>();
        panel.WaitForAssertion(() => Assert.Equal(OvermindDatabase.AfterRestart, panel.Find("[data-testid=storage-problem]").TextContent));
    }

    private static void Ask(IRenderedComponent<StoragePanel> panel)
    {
        panel.Find("[data-testid=keep-lines]").Input("200");
        panel.Find("[data-testid=limits]").Submit();
    }

    private static void Press(IRenderedComponent<MudDialogProvider> dialogs, string text) => dialogs.FindAll("button").Single(b => b.TextContent.Trim() == text).Click();

    private IRenderedComponent<StoragePanel> Open()
    {
        var panel = Render<StoragePanel>();
        panel.WaitForElement("[data-testid=stored-web]");
        return panel;
    }

    private RetentionLimits Limits() => Services.GetRequiredService<RetentionSettings>().Read();
}
