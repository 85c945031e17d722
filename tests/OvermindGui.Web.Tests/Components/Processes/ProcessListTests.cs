using Bunit;
using Microsoft.AspNetCore.Components.Web;
using OvermindGui.Core.Processes;
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
    [InlineData("web", "Start,Restart,Stop,-,Focus,Hide")]
    [InlineData("system", "Focus,Hide")]
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
        Assert.Equal("Start,Restart,Stop,-,Focus,Show", Entries(list));
        Assert.Equal(["Start"], list.FindAll("[role=menuitem][disabled]").Select(i => i.TextContent.Trim())); // it runs
        list.Find("[data-testid=menu-show]").Click();
        Assert.Equal(Selection.All, _chosen);

        list.Find("[data-testid=row-api]").ContextMenu();
        list.Find("[data-testid=menu-focus]").Click();
        Assert.Equal("api", _chosen.Focused);
        list.Find("[data-testid=row-api]").ContextMenu();
        Assert.Equal("Start,Restart,Stop,-,End focus,Hide", Entries(list));
    }

    [Fact]
    public void Before_the_first_snapshot_there_is_no_list() =>
        Assert.Empty(Render<ProcessList>(p => p.Add(l => l.Selection, Selection.All)).FindAll("li"));

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
