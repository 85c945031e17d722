using Bunit;
using Microsoft.AspNetCore.Components.Web;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class OutputToolsTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LogSearch _search;
    private string _filter = "?";
    private string _text = "?";
    private int _hurries;

    public OutputToolsTests() => _search = new LogSearch(OvermindDatabase.In(Project.Folder), TimeProvider.System);

    [Fact]
    public void What_is_typed_is_told_at_once()
    {
        var tools = RenderTools();
        tools.Find("[data-testid=filter]").Input("GET");
        tools.Find("[data-testid=search]").Input("time\nout");
        Assert.Equal(("GET", "timeout"), (_filter, _text));
    }

    [Fact]
    public void An_empty_field_has_nothing_to_clear()
    {
        Assert.Empty(RenderTools().FindAll("button"));
        var tools = RenderTools("GET", "timeout");
        tools.Find("[data-testid=filter-clear]").Click();
        tools.Find("[data-testid=search-clear]").Click();
        Assert.Equal(("", ""), (_filter, _text));
    }

    [Fact(Timeout = Timeout)]
    public async Task Enter_and_the_buttons_go_from_hit_to_hit()
    {
        Project.WithDatabase().Append("web", "hit", "hit", "hit");
        var tools = RenderTools(text: "hit");
        var run = _search.RunAsync(LineFilter.Everything, "hit", null, jump: false);
        SummaryEventually(tools, "1 of 3");
        await tools.Find("[data-testid=search]").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });
        SummaryEventually(tools, "2 of 3");
        await tools.Find("[data-testid=search]").KeyDownAsync(new KeyboardEventArgs { Key = "Enter", ShiftKey = true });
        SummaryEventually(tools, "1 of 3");
        await tools.Find("[data-testid=search-older]").ClickAsync();
        await tools.Find("[data-testid=search-older]").ClickAsync();
        SummaryEventually(tools, "3 of 3");
        await tools.Find("[data-testid=search-newer]").ClickAsync();
        SummaryEventually(tools, "2 of 3");
        Assert.Equal(0, _hurries);
        _search.Stop();
        await run;
    }

    [Fact]
    public void Enter_on_a_text_that_is_not_searched_yet_searches_it_now()
    {
        RenderTools(text: "just typed").Find("[data-testid=search]").KeyDown(new KeyboardEventArgs { Key = "Enter" });
        Assert.Equal(1, _hurries);
    }

    [Fact]
    public void Without_a_hit_there_is_nowhere_to_go()
    {
        var tools = RenderTools(text: "nothing");
        Assert.True(tools.Find("[data-testid=search-older]").HasAttribute("disabled"));
        Assert.True(tools.Find("[data-testid=search-newer]").HasAttribute("disabled"));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await DisposeComponentsAsync();
        _search.Dispose();
        await base.DisposeAsyncCore();
    }

    private static void SummaryEventually(IRenderedComponent<OutputTools> tools, string text) =>
        tools.WaitForAssertion(() => Assert.Equal(text, tools.Find("[data-testid=search-summary]").TextContent), Patience);

    private IRenderedComponent<OutputTools> RenderTools(string filter = "", string text = "") => Render<OutputTools>(p => p
        .Add(t => t.Search, _search)
        .Add(t => t.Filter, filter).Add(t => t.FilterChanged, typed => _filter = typed)
        .Add(t => t.SearchText, text).Add(t => t.SearchTextChanged, typed => _text = typed)
        .Add(t => t.Hurry, () => _hurries++));
}
