using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

/// <summary>Only some lines are shown: those that hold a text, and those that were not cleared.</summary>
public sealed class LogViewFilterTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly ProcessInfo[] Processes = [Sample.Process("web"), Sample.Process("api", position: 1)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RunningOutputFeed? _running;

    [Fact(Timeout = Timeout)]
    public async Task Stored_and_new_lines_that_match_are_shown()
    {
        Project.WithDatabase().Append("web", "GET /a", "POST /b", "get /c");
        var view = await RenderViewAsync("get");
        ShowsEventually(view, "GET /a", "get /c");

        Project.Append("api", "POST /d", "widget");
        Project.Append("web", "nothing");
        Project.Append("web", "Get /e");
        ShowsEventually(view, "GET /a", "get /c", "widget", "Get /e");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_change_of_the_filter_shows_other_lines()
    {
        Project.WithDatabase().Append("web", "one", "two", "twenty");
        var view = await RenderViewAsync("tw");
        ShowsEventually(view, "two", "twenty");
        Filter(view, "twe");
        ShowsEventually(view, "twenty");
        Filter(view, "");
        ShowsEventually(view, "one", "two", "twenty");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_match_is_found_behind_a_flood_that_does_not_match()
    {
        Project.WithDatabase().Append("web", "needle 1");
        Project.AppendMany("web", 2 * TextSearch.Stretch);
        Project.Append("web", "needle 2");
        var view = await RenderViewAsync("needle");
        ShowsEventually(view, "needle 1", "needle 2");
        Assert.Contains("Beginning of the history", view.Find(".edge").TextContent, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_flood_left_out_of_the_feed_is_shown_where_it_matches()
    {
        Project.WithDatabase().Append("web", "needle 1");
        var view = await RenderViewAsync("needle");
        ShowsEventually(view, "needle 1");

        Project.Append("web", Enumerable.Range(1, OutputFeed.LinesPerTick + 500).Select(n => n == 7 ? "needle in the flood" : $"flood {n}"));
        Project.Append("web", "needle 2");
        ShowsEventually(view, "needle 1", "needle in the flood", "needle 2");
        Assert.Empty(view.FindAll("[data-testid=gap]"));
    }

    [Fact(Timeout = Timeout)]
    public async Task What_is_shown_is_whole_beside_a_hidden_flood_of_which_the_feed_leaves_most_out()
    {
        string[] lines = [.. Enumerable.Range(1, 700).Select(n => $"web {n}")];
        Project.WithDatabase().Append("web", "before");
        var view = await RenderViewAsync(new LineFilter(new ProcessFilter(new HashSet<string> { "api" })));
        ShowsEventually(view, "before");

        Project.Append("web", lines);
        Project.AppendMany("api", 3 * OutputFeed.LinesPerTick);
        Project.Append("web", "behind");
        ShowsEventually(view, ["before", .. lines, "behind"]);
        Assert.Empty(view.FindAll("[data-testid=gap]"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_comes_when_it_matches_and_goes_when_it_does_not()
    {
        Project.WithDatabase().Append("web", "done 1", "10 %", "done 3", "done 4");
        var view = await RenderViewAsync("done");
        ShowsEventually(view, "done 1", "done 3", "done 4");

        Project.Amend(2, "done 2");
        ShowsEventually(view, "done 1", "done 2", "done 3", "done 4");
        Project.Amend(3, "failed");
        ShowsEventually(view, "done 1", "done 2", "done 4");
        Project.Amend(4, "done 4 again");
        ShowsEventually(view, "done 1", "done 2", "done 4 again");
    }

    [Fact(Timeout = Timeout)]
    public async Task While_it_does_not_follow_only_matches_are_counted()
    {
        Project.WithDatabase().Append("web", "hit 1", "no");
        var view = await RenderViewAsync("hit");
        ShowsEventually(view, "hit 1");
        await FreezeAsync(view);

        Project.Append("web", "no", "hit 2", "no", "hit 3");
        NewLinesEventually(view, "2 new lines");
        ShowsEventually(view, "hit 1");
        await view.Find("[data-testid=new-lines]").ClickAsync();
        ShowsEventually(view, "hit 1", "hit 2", "hit 3");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_change_of_the_filter_leaves_a_view_that_stands_still_where_it_is()
    {
        Project.WithDatabase().Append("web", Enumerable.Range(1, 3_000).Select(n => $"line {n} {(n % 3 == 0 ? "fizz" : "")}"));
        var view = await RenderViewAsync("");
        view.WaitForAssertion(() => Assert.Equal(LogWindow.Capacity, view.FindAll(".line").Count), Patience);
        await FreezeAsync(view);
        Project.Append("web", "fizz after it stood still");
        NewLinesEventually(view, "1 new line");

        Filter(view, "fizz");
        view.WaitForAssertion(() => Assert.All(Texts(view), text => Assert.EndsWith("fizz", text, StringComparison.Ordinal)), Patience);
        Assert.Equal("line 3000 fizz", Texts(view).Last());
        NewLinesEventually(view, "1 new line");
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_match_it_says_so()
    {
        Project.WithDatabase().Append("web", "one");
        var view = await RenderViewAsync("two");
        view.WaitForAssertion(
            () => Assert.Equal("No line matches the filter", view.Find("[data-testid=log-empty] strong").TextContent), Patience);
    }

    [Fact(Timeout = Timeout)]
    public async Task Output_that_is_cleared_disappears_and_comes_back()
    {
        Project.WithDatabase().Append("web", "w1", "w2");
        Project.Append("api", "a1");
        var view = await RenderViewAsync("");
        ShowsEventually(view, "w1", "w2", "a1");

        Clearing.Clear("web");
        ShowsEventually(view, "a1");
        Clearing.Undo();
        ShowsEventually(view, "w1", "w2", "a1");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_view_that_stands_still_keeps_its_place_when_another_process_is_cleared_and_follows_when_nothing_is_left()
    {
        Project.WithDatabase().Append("web", "w1");
        Project.Append("api", "a1");
        Project.Append("web", "w2");
        var view = await RenderViewAsync("");
        ShowsEventually(view, "w1", "a1", "w2");
        await FreezeAsync(view);
        Project.Append("web", "w3");
        NewLinesEventually(view, "1 new line");

        Clearing.Clear("api");
        ShowsEventually(view, "w1", "w2");
        NewLinesEventually(view, "1 new line");

        Clearing.Clear(null);
        view.WaitForAssertion(() => Assert.Empty(view.FindAll("[data-testid=new-lines]")), Patience);
        Project.Append("web", "w4");
        ShowsEventually(view, "w4");
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        // The view first, then its feed, then the project's files.
        await DisposeComponentsAsync();
        if (_running is not null) await _running.DisposeAsync();
        await base.DisposeAsyncCore();
    }

    private OutputClearing Clearing => Services.GetRequiredService<OutputClearing>();

    private static async Task FreezeAsync(IRenderedComponent<LogView> view)
    {
        await view.InvokeAsync(() => view.Instance.OnFollowChanged(false, 1));
        view.Render(p => p.Add(v => v.Following, false));
    }

    private static void Filter(IRenderedComponent<LogView> view, string text) =>
        view.Render(p => p.Add(v => v.Filter, LineFilter.Everything.With(text)));

    private static IEnumerable<string> Texts(IRenderedComponent<LogView> view) => view.FindAll(".line").Select(l => l.TextContent);

    private static void ShowsEventually(IRenderedComponent<LogView> view, params string[] lines) =>
        view.WaitForAssertion(() => Assert.Equal(lines, Texts(view)), Patience);

    private static void NewLinesEventually(IRenderedComponent<LogView> view, string text) =>
        view.WaitForAssertion(() => Assert.Equal(text, view.Find("[data-testid=new-lines]").TextContent.Trim()), Patience);

    private Task<IRenderedComponent<LogView>> RenderViewAsync(string filter) => RenderViewAsync(LineFilter.Everything.With(filter));

    private async Task<IRenderedComponent<LogView>> RenderViewAsync(LineFilter filter)
    {
        _running = await RunningOutputFeed.StartReadyAsync(Project, Cancellation);
        Services.AddSingleton(_running.Feed);
        JSInterop.SetupModule("./_content/OvermindGui.Web/Components/Log/LogView.razor.js").SetupModule("attach", _ => true);
        return Render<LogView>(p => p.Add(v => v.Filter, filter).Add(v => v.Processes, Processes)
            .Add(v => v.Search, new LogSearch(OvermindDatabase.In(Project.Folder), TimeProvider.System)));
    }
}
