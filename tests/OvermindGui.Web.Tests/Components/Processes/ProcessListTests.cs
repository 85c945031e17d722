using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class ProcessListTests : DashboardContext
{
    private static readonly SystemSnapshot Snapshot = Sample.Snapshot(Sample.Process("web"), Sample.Process("api", position: 1));

    private Selection _chosen = Selection.All;

    [Fact]
    public void Processes_stand_in_Procfile_order_and_the_daemon_last() =>
        Assert.Equal(["process-web", "process-api", "process-system"], Boxes(RenderList("")).Select(b => b.TestId));

    [Fact]
    public void What_is_hidden_is_not_checked() =>
        Assert.Equal([("process-web", "true"), ("process-api", "false"), ("process-system", "true")], Boxes(RenderList("api")));

    [Fact]
    public void Only_what_has_the_focus_is_checked() =>
        Assert.Equal([("process-web", "true"), ("process-api", "false"), ("process-system", "false")], Boxes(RenderList("web", "web")));

    [Theory]
    [InlineData("", "process-api", "api")]
    [InlineData("api", "process-api", "")]
    [InlineData("api", "process-system", "api,system")]
    [InlineData("", "row-api", "api")] // anywhere in the row
    public void A_click_hides_or_shows(string hidden, string click, string then)
    {
        RenderList(hidden).Find($"[data-testid={click}]").Click(new MouseEventArgs { Detail = 1 });
        Assert.Equal(Hiding(then), _chosen);
    }

    [Fact]
    public void A_double_click_focuses_and_again_brings_back_what_was_shown()
    {
        var list = RenderList("api");
        DoubleClick(list, "process-web");
        Assert.Equal(Hiding("api") with { Focused = "web" }, _chosen);

        DoubleClick(list, "process-web");
        Assert.Equal(Hiding("api"), _chosen);
    }

    [Fact]
    public void A_third_click_of_the_same_changes_nothing()
    {
        var list = RenderList("");
        DoubleClick(list, "process-web");
        Click(list, "process-web", 3);
        Assert.Equal("web", _chosen.Focused);
    }

    [Fact]
    public void A_click_on_a_button_of_the_row_does_not_hide_it()
    {
        RenderList("").Find("[data-testid=menu-web]").Click(new MouseEventArgs { Detail = 1 });
        Assert.Same(Selection.All, _chosen);
    }

    [Fact]
    public void All_shows_everything_and_ends_the_focus()
    {
        RenderList("web,api,gone-from-the-procfile", "web").Find("[data-testid=show-all]").Click();
        Assert.Equal(Selection.All, _chosen);
    }

    [Fact]
    public void None_hides_every_process_and_the_daemon()
    {
        RenderList("").Find("[data-testid=show-none]").Click();
        Assert.Equal(Hiding("web,api,system"), _chosen);
    }

    [Fact]
    public void The_focus_can_be_ended_beside_the_list()
    {
        Assert.Empty(RenderList("").FindAll("[data-testid=end-focus]"));
        RenderList("api", "web").Find("[data-testid=end-focus]").Click();
        Assert.Equal(Hiding("api"), _chosen);
    }

    [Theory]
    [InlineData("web", "Start,Restart,Stop,Kill,-,Focus,Hide,-,Clear Output,Failure Declarations…,Scale…,Environment…")]
    [InlineData("system", "Focus,Hide,-,Clear Output")]
    public void The_menu_of_a_row_has_what_its_buttons_have_and_more(string name, string entries)
    {
        var list = RenderList("");
        list.Find($"[data-testid=row-{name}]").ContextMenu(new MouseEventArgs { Type = "contextmenu", ClientX = 10, ClientY = 20 });
        Assert.Equal(entries, Entries(list));

        list.Find($"[data-testid=menu-{name}]").Click();
        Assert.Equal(entries, Entries(list));
    }

    [Fact]
    public void The_menu_says_what_it_would_do_now()
    {
        var list = RenderList("api");
        list.Find("[data-testid=row-api]").ContextMenu();
        Assert.Equal("Start,Restart,Stop,Kill,-,Focus,Show,-,Clear Output,Failure Declarations…,Scale…,Environment…", Entries(list));
        Assert.Equal(["Start"], list.FindAll("[role=menuitem][disabled]").Select(i => i.TextContent.Trim())); // it runs
        list.Find("[data-testid=menu-show]").Click();
        Assert.Equal(Selection.All, _chosen);

        list.Find("[data-testid=row-api]").ContextMenu();
        list.Find("[data-testid=menu-focus]").Click();
        Assert.Equal("api", _chosen.Focused);
        list.Find("[data-testid=row-api]").ContextMenu();
        Assert.Equal("Start,Restart,Stop,Kill,-,End focus,Hide,-,Clear Output,Failure Declarations…,Scale…,Environment…", Entries(list));
    }

    [Fact]
    public async Task The_menu_removes_failure_declarations_one_by_one()
    {
        File.WriteAllText(Project.Folder.Declarations, """{"web": ["panic:", {"pattern": "^<b>", "regex": true}], "api": ["other"]}""");
        var list = RenderList("");
        list.Find("[data-testid=row-web]").ContextMenu();
        Assert.EndsWith(",-,Remove: panic:,Remove: ^<b>", Entries(list), StringComparison.Ordinal);

        await list.Find("[data-testid=menu-remove-1]").ClickAsync();
        Assert.Equal((Severity.Success, "Removed failure declaration for web"), Told());
        list.Find("[data-testid=row-web]").ContextMenu();
        Assert.EndsWith(",-,Remove: panic:", Entries(list), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("row-web", "menu-clear", "Output of web cleared", "a")]
    [InlineData(null, "clear-all", "Output of all processes cleared", "")]
    public async Task Output_is_cleared_and_can_be_taken_back(string? row, string click, string told, string left)
    {
        Project.WithDatabase().Append("web", "w");
        Project.Append("api", "a");
        var snackbars = Render<MudSnackbarProvider>();
        var list = RenderList("");
        if (row is not null) list.Find($"[data-testid={row}]").ContextMenu();
        await list.Find($"[data-testid={click}]").ClickAsync();
        Assert.Equal((Severity.Normal, told), Told());
        Assert.Equal(left, Stored());

        snackbars.WaitForElement(".mud-snackbar-content-action button");
        await snackbars.FindAll(".mud-snackbar-content-action button").First(b => b.TextContent.Trim() == "Undo").ClickAsync();
        snackbars.WaitForAssertion(() => Assert.Equal((Severity.Success, "The output is back"), Told()));
        Assert.Equal("wa", Stored());
    }

    [Fact]
    public async Task Only_the_last_clearing_is_offered_to_be_taken_back()
    {
        Project.WithDatabase().Append("web", "w");
        Project.Append("api", "a");
        var clear = Services.GetRequiredService<ClearWithUndo>();
        await clear.ClearAsync("web");
        await clear.ClearAsync("api");
        Assert.Equal("Output of api cleared", Assert.Single(Offers()).Message);
        await clear.ClearAsync("web"); // nothing is there
        Assert.Equal((Severity.Info, "There is no output of web to clear"), Told());
    }

    [Fact]
    public void Before_the_first_snapshot_there_is_no_list() =>
        Assert.Empty(Render<ProcessList>(p => p.Add(l => l.Selection, Selection.All)).FindAll("li"));

    private string Stored() => string.Concat(
        new OutputHistory(OvermindDatabase.In(Project.Folder)).Before(long.MaxValue, ProcessFilter.Everything, 10).Select(l => l.Content.Text));

    private IEnumerable<Snackbar> Offers() => Services.GetRequiredService<ISnackbar>().ShownSnackbars.Where(s => s.Severity == Severity.Normal);

    private static Selection Hiding(string names) => Selection.Without(names.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static void DoubleClick(IRenderedComponent<ProcessList> list, string testId)
    {
        Click(list, testId, 1);
        Click(list, testId, 2);
    }

    private static void Click(IRenderedComponent<ProcessList> list, string testId, int count) =>
        list.Find($"[data-testid={testId}]").Click(new MouseEventArgs { Detail = count });

    private static string Entries(IRenderedComponent<ProcessList> list) =>
        string.Join(',', list.Find("[role=menu]").Children.Select(e => e.LocalName == "hr" ? "-" : e.TextContent.Trim()));

    private IRenderedComponent<ProcessList> RenderList(string hidden, string? focused = null)
    {
        _chosen = Hiding(hidden) with { Focused = focused };
        if (focused is null && hidden.Length == 0) _chosen = Selection.All;
        IRenderedComponent<ProcessList>? list = null;
        list = Render<ProcessList>(p => p.Add(l => l.Snapshot, Snapshot).Add(l => l.Selection, _chosen).Add(l => l.SelectionChanged, Choose));
        return list;

        void Choose(Selection selection)
        {
            _chosen = selection;
            list!.Render(p => p.Add(l => l.Selection, selection));
        }
    }

    private static IEnumerable<(string? TestId, string? Checked)> Boxes(IRenderedComponent<ProcessList> list) =>
        list.FindAll("[role=checkbox]").Select(b => (b.GetAttribute("data-testid"), b.GetAttribute("aria-checked")));
}
