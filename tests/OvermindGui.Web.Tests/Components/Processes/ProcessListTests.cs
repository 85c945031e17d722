using Bunit;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using OvermindGui.Core.Contracts;
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

    private readonly Selection _all = Selection.All;
    private Selection _chosen = Selection.All;
    private string? _details;

    [Fact]
    public void Processes_stand_in_Procfile_order_and_the_daemon_last() =>
        Assert.Equal(["show-web", "show-api", "show-system"], Boxes(RenderList(_all)).Select(b => b.TestId));

    [Fact]
    public void What_is_hidden_is_not_checked() =>
        Assert.Equal([("show-web", true), ("show-api", false), ("show-system", true)], Boxes(RenderList(Hiding("api"))));

    [Fact]
    public void Only_what_is_selected_is_checked() =>
        Assert.Equal([("show-web", true), ("show-api", false), ("show-system", false)], Boxes(RenderList(Hiding("web").Only("web"))));

    [Theory]
    [InlineData("process-api", "api")]
    [InlineData("row-api", "api")] // anywhere in the row
    [InlineData("process-system", "system")]
    public void A_click_shows_one_alone_and_a_second_one_all_again(string click, string then)
    {
        var list = RenderList(Hiding("api"));
        Click(list, click);
        Assert.Equal(Hiding("api").Only(then), _chosen);
        Assert.Equal($"Only {then}", list.Find("[data-testid=narrowed]").TextContent);
        Click(list, click);
        Assert.Equal(Hiding("api"), _chosen);
    }

    [Fact]
    public void With_Ctrl_and_Shift_more_are_selected()
    {
        var list = RenderList(_all);
        Click(list, "process-web");
        list.Find("[data-testid=process-system]").Click(new MouseEventArgs { Detail = 1, CtrlKey = true });
        Assert.Equal(_all.Only("web", "system"), _chosen);
        list.Find("[data-testid=process-web]").Click(new MouseEventArgs { Detail = 1 });
        list.Find("[data-testid=process-system]").Click(new MouseEventArgs { Detail = 1, ShiftKey = true });
        Assert.Equal(_all.Only("web", "api", "system"), _chosen);
    }

    [Fact]
    public void A_double_click_asks_for_the_details_and_leaves_the_process_selected()
    {
        var list = RenderList(_all);
        Click(list, "process-web");
        list.Find("[data-testid=process-web]").Click(new MouseEventArgs { Detail = 2 });
        Assert.Equal(("web", _all.Only("web")), (_details, _chosen));
    }

    [Fact]
    public void A_check_box_hides_and_shows_and_changes_nothing_else()
    {
        var list = RenderList(Hiding("api"));
        list.Find("[data-testid=show-system]").Change(false);
        Assert.Equal(Hiding("api,system"), _chosen);
        list.Find("[data-testid=show-api]").Change(true);
        Assert.Equal(Hiding("system"), _chosen);
    }

    [Fact]
    public void A_click_on_a_button_of_the_row_selects_nothing()
    {
        RenderList(_all).Find("[data-testid=menu-web]").Click(new MouseEventArgs { Detail = 1 });
        Assert.Same(_all, _chosen);
    }

    [Fact]
    public void All_can_be_shown_again_beside_the_list()
    {
        Assert.Empty(RenderList(_all).FindAll("[data-testid=end-selection]"));
        var list = RenderList(Hiding("api").Only("web"));
        list.Find("[data-testid=end-selection]").Click();
        Assert.Equal(Hiding("api"), _chosen);
        list.Find("[data-testid=end-selection]").Click();
        Assert.Equal(_all, _chosen);
    }

    [Fact]
    public async Task The_list_is_narrowed_by_what_is_typed_and_by_state()
    {
        var list = RenderList(_all);
        await list.Find("[data-testid=process-filter]").InputAsync("ap");
        Assert.Equal(["show-api"], Boxes(list).Select(b => b.TestId));
        await list.Find("[data-testid=process-filter]").InputAsync("nope");
        Assert.Contains("nope", list.Find("[data-testid=no-process]").TextContent, StringComparison.Ordinal);

        list.Render(p => p.Add(l => l.Only, StateGroup.Failed));
        await list.Find("[data-testid=process-filter]").InputAsync("");
        Assert.Empty(Boxes(list));
        list.Render(p => p.Add(l => l.Only, StateGroup.Running));
        Assert.Equal(["show-web", "show-api"], Boxes(list).Select(b => b.TestId));
    }

    [Fact]
    public void A_closed_group_hides_its_rows_until_it_is_opened()
    {
        IReadOnlySet<string> closed = new HashSet<string> { "back" };
        var snapshot = Sample.Snapshot(Sample.Process("web") with { Group = "back" }, Sample.Process("api", ProcessState.Stopped) with { Group = "back" });
        var list = Render<ProcessList>(p => p.Add(l => l.Snapshot, snapshot).Add(l => l.Selection, _all).Add(l => l.Closed, closed).Add(l => l.ClosedChanged, c => closed = c));
        Assert.Equal("back1 of 2 running", list.Find("[data-testid=section-back]").TextContent.Trim());
        Assert.Empty(list.FindAll("[data-testid=row-web]"));

        list.Find("[data-testid=section-back] button").Click();
        Assert.Empty(closed);
        list.Render(p => p.Add(l => l.Closed, closed));
        Assert.NotEmpty(list.FindAll("[data-testid=row-web]"));
    }

    [Fact]
    public void One_name_is_a_stop_of_the_Tab_key_and_it_is_the_one_with_the_focus()
    {
        var list = RenderList(_all);
        Assert.Equal(["0", "-1"], TabStops());
        list.Find("[data-testid=process-api]").Focus();
        Assert.Equal(["-1", "0"], TabStops());

        IEnumerable<string?> TabStops() => list.FindAll("[data-row-focus]").Take(2).Select(b => b.GetAttribute("tabindex"));
    }

    [Theory]
    [InlineData("web", "Start,Restart,Stop,Kill,-,Details,Show only this,Hide output,-,Clear output,Failure declarations…,Scale…,Environment…")]
    [InlineData("system", "Show only this,Hide output,-,Clear output")]
    public void The_menu_of_a_row_has_what_its_buttons_have_and_more(string name, string entries)
    {
        var list = RenderList(_all);
        list.Find($"[data-testid=row-{name}]").ContextMenu(new MouseEventArgs { Type = "contextmenu", ClientX = 10, ClientY = 20 });
        Assert.Equal(entries, Entries(list));
    }

    [Fact]
    public void The_menu_says_what_it_would_do_now()
    {
        var list = RenderList(Hiding("api"));
        list.Find("[data-testid=menu-api]").Click();
        Assert.Contains(",Show only this,Show output,", Entries(list), StringComparison.Ordinal);
        Assert.Equal(["Start"], list.FindAll("[role=menuitem][disabled]").Select(i => i.TextContent.Trim())); // it runs
        list.Find("[data-testid=menu-show]").Click();
        Assert.Equal(_all, _chosen);

        list.Find("[data-testid=row-api]").ContextMenu();
        list.Find("[data-testid=menu-focus]").Click();
        Assert.Equal(_all.Only("api"), _chosen);
        list.Find("[data-testid=row-api]").ContextMenu();
        Assert.Contains(",Show all,Hide output,", Entries(list), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_removes_failure_declarations_one_by_one()
    {
        File.WriteAllText(Project.Folder.Declarations, """{"web": ["panic:", {"pattern": "^<b>", "regex": true}], "api": ["other"]}""");
        var list = RenderList(_all);
        list.Find("[data-testid=row-web]").ContextMenu();
        Assert.EndsWith(",-,Remove: panic:,Remove: ^<b>", Entries(list), StringComparison.Ordinal);

        await list.Find("[data-testid=menu-remove-1]").ClickAsync();
        Assert.Equal((Severity.Success, "Removed failure declaration for web"), LastNotice());
        list.Find("[data-testid=row-web]").ContextMenu();
        Assert.EndsWith(",-,Remove: panic:", Entries(list), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("row-web", "menu-clear", "Output of web cleared", "a")]
    public async Task Output_is_cleared_and_can_be_taken_back(string row, string click, string notice, string left)
    {
        Project.WithDatabase().Append("web", "w");
        Project.Append("api", "a");
        var snackbars = Render<MudSnackbarProvider>();
        var list = RenderList(_all);
        list.Find($"[data-testid={row}]").ContextMenu();
        await list.Find($"[data-testid={click}]").ClickAsync();
        Assert.Equal((Severity.Normal, notice), LastNotice());
        Assert.Equal(left, Stored());

        snackbars.WaitForElement(".mud-snackbar-content-action button");
        await snackbars.FindAll(".mud-snackbar-content-action button").First(b => b.TextContent.Trim() == "Undo").ClickAsync();
        snackbars.WaitForAssertion(() => Assert.Equal((Severity.Success, "The output is back"), LastNotice()));
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
        Assert.Equal((Severity.Info, "There is no output of web to clear"), LastNotice());
    }

    [Fact]
    public void Before_the_first_snapshot_there_is_no_list() =>
        Assert.Empty(Render<ProcessList>(p => p.Add(l => l.Selection, Selection.All)).FindAll("li"));

    private string Stored() => string.Concat(
        new OutputHistory(OvermindDatabase.In(Project.Folder)).Before(long.MaxValue, ProcessFilter.Everything, 10).Select(l => l.Content.Text));

    private IEnumerable<Snackbar> Offers() => Services.GetRequiredService<ISnackbar>().ShownSnackbars.Where(s => s.Severity == Severity.Normal);

    private static Selection Hiding(string names) => Selection.Without(names.Split(',', StringSplitOptions.RemoveEmptyEntries));

    private static void Click(IRenderedComponent<ProcessList> list, string testId) =>
        list.Find($"[data-testid={testId}]").Click(new MouseEventArgs { Detail = 1 });

    private static string Entries(IRenderedComponent<ProcessList> list) =>
        string.Join(',', list.Find("[role=menu]").Children.Select(e => e.LocalName == "hr" ? "-" : e.TextContent.Trim()));

    private IRenderedComponent<ProcessList> RenderList(Selection chosen)
    {
        _chosen = chosen;
        IRenderedComponent<ProcessList>? list = null;
        list = Render<ProcessList>(p => p.Add(l => l.Snapshot, Snapshot).Add(l => l.Selection, _chosen).Add(l => l.SelectionChanged, Choose)
            .Add(l => l.ShowDetails, name => _details = name));
        return list;

        void Choose(Selection selection)
        {
            _chosen = selection;
            list!.Render(p => p.Add(l => l.Selection, selection));
        }
    }

    private static IEnumerable<(string? TestId, bool Checked)> Boxes(IRenderedComponent<ProcessList> list) =>
        list.FindAll("input[type=checkbox]").Select(b => (b.GetAttribute("data-testid"), b.HasAttribute("checked")));
}
