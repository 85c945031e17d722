using Bunit;
using OvermindGui.Core.Output;
using OvermindGui.Core.Processes;
using OvermindGui.Web.Components.Output;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components;

public sealed class LogViewTests : DashboardContext, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private Task _started = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        Project.WithDatabase();
        return ValueTask.CompletedTask;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await DisposeComponentsAsync();
        await _started;
        await Feed.StopAsync(CancellationToken.None);
        await base.DisposeAsyncCore();
    }

    [Fact(Timeout = 60_000)]
    public void Stored_and_new_lines_are_shown_and_escaped()
    {
        Project.Append("web", "stored");
        var view = View();
        view.WaitForAssertion(() => Assert.Equal(["stored"], Texts(view)), Patience);
        Project.Append("web", "<script>alert(1)</script>");
        view.WaitForAssertion(() => Assert.Equal(["stored", "<script>alert(1)</script>"], Texts(view)), Patience);
        Assert.Empty(view.FindAll("script"));
    }

    [Fact(Timeout = 60_000)]
    public void Hidden_processes_are_left_out_and_come_back()
    {
        Project.Append("web", "from web");
        Project.Append("api", "from api");
        var view = View(new ProcessFilter(new HashSet<string> { "api" }));
        view.WaitForAssertion(() => Assert.Equal(["from web"], Texts(view)), Patience);
        view.Render(p => p.Add(v => v.Filter, ProcessFilter.Everything));
        view.WaitForAssertion(() => Assert.Equal(["from web", "from api"], Texts(view)), Patience);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_frozen_view_only_counts_and_goes_on_where_it_stood()
    {
        Project.Append("web", "one");
        var view = View();
        view.WaitForAssertion(() => Assert.Equal(["one"], Texts(view)), Patience);
        await view.InvokeAsync(() => view.Instance.OnFollowChanged(false));
        Project.Append("web", "two", "three");
        view.WaitForAssertion(() => Assert.Equal("2 new lines", view.Find(Id("new-lines")).TextContent.Trim()), Patience);
        Assert.Equal(["one"], Texts(view));
        await view.Find(Id("new-lines")).ClickAsync(new());
        view.WaitForAssertion(() => Assert.Equal(["one", "two", "three"], Texts(view)), Patience);
        Assert.Empty(view.FindAll(Id("new-lines")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_flood_is_a_gap_that_a_click_loads()
    {
        Project.Append("web", "first");
        var view = View();
        view.WaitForAssertion(() => Assert.Single(view.FindAll(".line")), Patience);
        Project.Append("web", Enumerable.Range(0, 1_600).Select(i => $"flood {i}"));
        view.WaitForAssertion(() => Assert.Contains("600 lines not shown", view.Find(Id("gap")).TextContent, StringComparison.Ordinal), Patience);
        await view.Find($"{Id("gap")} button").ClickAsync(new());
        view.WaitForAssertion(() => Assert.Equal(1_601, view.FindAll(".line").Count), Patience);
        Assert.Empty(view.FindAll(Id("gap")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Frozen_it_shows_another_selection_of_the_same_stretch()
    {
        Project.Append("web", "from web");
        Project.Append("api", "from api");
        var view = View();
        view.WaitForAssertion(() => Assert.Equal(["from web", "from api"], Texts(view)), Patience);
        await view.InvokeAsync(() => view.Instance.OnFollowChanged(false));
        Project.Append("web", "later");
        view.WaitForAssertion(() => Assert.Equal("1 new line", view.Find(Id("new-lines")).TextContent.Trim()), Patience);
        view.Render(p => p.Add(v => v.Following, false).Add(v => v.Filter, new ProcessFilter(new HashSet<string> { "api" })));
        view.WaitForAssertion(() => Assert.Equal(["from web"], Texts(view)), Patience);
    }

    [Fact(Timeout = 60_000)]
    public async Task Older_pages_are_loaded_to_the_beginning()
    {
        Project.Append("web", Enumerable.Range(1, 2_300).Select(i => $"line {i}"));
        var view = View();
        view.WaitForAssertion(() => Assert.Equal(LogBuffer.Capacity, view.FindAll(".line").Count), Patience);
        await view.InvokeAsync(() => view.Instance.OnFollowChanged(false));
        Assert.False(await view.InvokeAsync(view.Instance.LoadOlder));
        view.WaitForAssertion(() => Assert.Equal(2_300, view.FindAll(".line").Count), Patience);
        Assert.Equal("line 1", Texts(view)[0]);
        Assert.Contains("Beginning of the history", view.Find(".edge").TextContent, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_cut_line_is_given_whole()
    {
        Project.Append("web", new string('<', LineRenderer.CutAbove + 5));
        var view = View();
        view.WaitForAssertion(() => Assert.Single(view.FindAll("button.whole")), Patience);
        var whole = await view.InvokeAsync(() => view.Instance.LoadWhole(1));
        Assert.Equal(string.Concat(Enumerable.Repeat("&lt;", LineRenderer.CutAbove + 5)), whole);
    }

    [Fact(Timeout = 60_000)]
    public void An_empty_log_says_why()
    {
        var view = View();
        view.WaitForAssertion(() => Assert.Contains("Waiting for the first line", view.Find(Id("log-empty")).TextContent, StringComparison.Ordinal), Patience);
        view.Render(p => p.Add(v => v.Filter, new ProcessFilter(new HashSet<string> { "web" })).Add(v => v.Processes, [Info("web", ProcessState.Running)]));
        view.WaitForAssertion(() => Assert.Contains("All processes are hidden", view.Find(Id("log-empty")).TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact(Timeout = 60_000)]
    public void A_replaced_database_replaces_what_is_shown()
    {
        Project.Append("web", "old 1", "old 2");
        var view = View();
        view.WaitForAssertion(() => Assert.Equal(["old 1", "old 2"], Texts(view)), Patience);
        Project.ReplaceDatabase();
        Project.Append("web", "new");
        view.WaitForAssertion(() => Assert.Equal(["new"], Texts(view)), Patience);
    }

    private OutputFeed Feed => Services.GetRequiredService<OutputFeed>();

    private IRenderedComponent<LogView> View(ProcessFilter? filter = null)
    {
        _started = Feed.StartAsync(Xunit.TestContext.Current.CancellationToken);
        return Render<LogView>(p => p.Add(v => v.Filter, filter ?? ProcessFilter.Everything).Add(v => v.Processes, []));
    }

    private static List<string> Texts(IRenderedComponent<LogView> view) => [.. view.FindAll(".line").Select(l => l.TextContent)];
}
