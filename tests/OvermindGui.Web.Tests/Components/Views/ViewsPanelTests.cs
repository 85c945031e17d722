using Bunit;
using MudBlazor;
using OvermindGui.Core.Output;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Pages;
using OvermindGui.Web.Components.Views;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Views;

public sealed class ViewsPanelTests : DashboardContext
{
    private const string Query = "columns=datetime,utc&filter=no%20luck&levels=error,warn&focus=web";

    private readonly SavedViews _views;

    public ViewsPanelTests()
    {
        Project.WithDatabase().WithProcess("web");
        _views = Services.GetRequiredService<SavedViews>();
    }

    [Fact]
    public void What_is_shown_is_saved_under_a_name_and_listed_with_what_it_shows()
    {
        var panel = Open(Query);
        Assert.Contains("No view is saved", panel.Markup, StringComparison.Ordinal);
        panel.Find("[data-testid=view-name]").Input("Bad luck");
        panel.Find("form.save").Submit();
        var link = panel.WaitForElement("[data-testid='view-Bad luck'] a");
        Assert.Equal(($"?{Query}", "true"), (link.GetAttribute("href"), link.GetAttribute("aria-current")));
        Assert.Equal("web · error, warn · only “no luck”", link.QuerySelector(".quiet")!.TextContent);
        Assert.Equal(new ViewInfo("Bad luck", Query), Assert.Single(_views.Read()));
        Assert.Equal((Severity.Success, "Saved as “Bad luck”"), LastNotice());

        panel.Find("[data-testid=view-name]").Input("bad LUCK");
        Assert.Equal("Replace", panel.Find("[data-testid=view-save]").TextContent.Trim());
    }

    [Fact]
    public void A_view_is_renamed_and_deleted_and_the_deletion_can_be_taken_back()
    {
        _views.Save("Errors", "levels=error");
        _views.Save("Other", "");
        var panel = Open(Query);
        panel.WaitForElement("[data-testid=view-rename]").Click();
        panel.Find("[data-testid=view-new-name]").Input("other");
        panel.Find("li form").Submit();
        panel.WaitForAssertion(() => Assert.Equal("There is a view Other already", panel.Find("[data-testid=views-problem]").TextContent));
        panel.Find("[data-testid=view-new-name]").Input("Bad things");
        panel.Find("li form").Submit();
        panel.WaitForAssertion(() => Assert.Equal(["Bad things", "Other"], _views.Read().Select(v => v.Name)));

        panel.WaitForElement("[data-testid=view-delete]").Click();
        panel.WaitForAssertion(() => Assert.Equal(["Other"], panel.FindAll("li strong").Select(s => s.TextContent)));
    }

    [Fact]
    public void A_view_shows_the_same_in_another_browser_whatever_that_remembers()
    {
        var state = PageState.Parse("http://x/?filter=a%20b&match=case&levels=error&hide=db,web&panel=views:&run=3&panes=2&focus2=api");
        var view = state.ToView(ViewOptions.Default with { Time = TimeForm.Relative, Wrap = false, Editor = "VS Code" });
        Assert.DoesNotContain("panel", view, StringComparison.Ordinal);
        var shown = PageState.Parse($"http://y/?{view}");
        Assert.Equal(state with { Panel = null, Columns = ViewOptions.Default with { Time = TimeForm.Relative, Wrap = false } }, shown);
        Assert.Equal(view, shown.ToView(shown.Columns!));
        var lines = PageState.LinesOf(view);
        Assert.Equal((false, true, 3, "a b"), (lines.Processes.Shows("web"), lines.Processes.Shows("api"), lines.Run, Assert.Single(lines.Texts).Text));
        Assert.Null(PageState.Parse("http://y/?filter=x").Columns);
    }

    private IRenderedComponent<ViewsPanel> Open(string query)
    {
        var panel = Render<ViewsPanel>(parameters => parameters.Add(p => p.Query, query));
        panel.WaitForElement("ul");
        return panel;
    }
}
