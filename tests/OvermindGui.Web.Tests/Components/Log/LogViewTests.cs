using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Components.Log;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Log;

public sealed class LogViewTests : DashboardContext
{
    private const int Timeout = 60_000;

    private static readonly ProcessInfo[] Processes = [Sample.Process("web"), Sample.Process("api", position: 1)];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private RunningOutputFeed? _running;

    [Fact(Timeout = Timeout)]
    public async Task Stored_lines_are_shown_and_new_ones_follow()
    {
        Project.WithDatabase().Append("web", "one", "two");
        var view = await RenderViewAsync();
        ShowsEventually(view, "one", "two");
        Assert.Contains("Beginning of the history", view.Find(".edge").TextContent, StringComparison.Ordinal);

        Project.Append("api", "<b>three</b>");
        ShowsEventually(view, "one", "two", "<b>three</b>");
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_a_line_it_waits_for_one()
    {
        Project.WithDatabase();
        var view = await RenderViewAsync();
        EmptyEventually(view, "Waiting for the first line…");
    }

    [Fact(Timeout = Timeout)]
    public async Task With_all_processes_hidden_it_says_so()
    {
        Project.WithDatabase().Append("web", "one");
        var view = await RenderViewAsync(hidden: "web,api");
        EmptyEventually(view, "All processes are hidden");
    }

    [Fact(Timeout = Timeout)]
    public async Task Where_only_hidden_processes_printed_it_does_not_say_that_it_waits()
    {
        Project.WithDatabase().Append("web", "one");
        var view = await RenderViewAsync(hidden: "web");
        EmptyEventually(view, "No lines from the shown processes");
    }

    [Fact(Timeout = Timeout)]
    public async Task Hiding_takes_lines_away_and_showing_brings_them_back()
    {
        Project.WithDatabase().Append("web", "w1");
        Project.Append("api", "a1");
        Project.Append("web", "w2");
        var view = await RenderViewAsync();
        ShowsEventually(view, "w1", "a1", "w2");

        view.Render(p => p.Add(v => v.Filter, Hiding("web")));
        ShowsEventually(view, "a1");
        view.Render(p => p.Add(v => v.Filter, LineFilter.Everything));
        ShowsEventually(view, "w1", "a1", "w2");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_quiet_process_is_found_behind_the_flood_of_a_hidden_one()
    {
        Project.WithDatabase().Append("api", "long ago");
        Project.AppendMany("web", OutputFeed.RingSize + 1);
        var view = await RenderViewAsync(hidden: "web");
        ShowsEventually(view, "long ago");
    }

    [Fact(Timeout = Timeout)]
    public async Task What_a_flood_left_out_can_be_loaded()
    {
        Project.WithDatabase().Append("web", "before");
        var view = await RenderViewAsync();
        ShowsEventually(view, "before");

        Project.AppendMany("web", OutputFeed.LinesPerTick + 500);
        view.WaitForAssertion(() => Assert.Equal("500 lines not shown", view.Find("[data-testid=gap] span").TextContent), Patience);
        await view.Find("[data-testid=gap] button").ClickAsync();

        ShowsEventually(view, ["before", .. Enumerable.Range(1, OutputFeed.LinesPerTick + 500).Select(n => $"flood {n}")]);
        Assert.Empty(view.FindAll("[data-testid=gap]"));
    }

    [Fact(Timeout = Timeout)]
    public async Task While_it_does_not_follow_new_lines_are_only_counted()
    {
        Project.WithDatabase().Append("web", "one");
        var view = await RenderViewAsync();
        ShowsEventually(view, "one");
        await FreezeAsync(view);
        Assert.Equal("Back to the end", view.Find("[data-testid=new-lines]").TextContent.Trim());

        Project.Append("web", "two");
        NewLinesEventually(view, "1 new line");
        Project.Append("web", "three", "four");
        NewLinesEventually(view, "3 new lines");
        ShowsEventually(view, "one");

        await view.Find("[data-testid=new-lines]").ClickAsync();
        ShowsEventually(view, "one", "two", "three", "four");
        Assert.Empty(view.FindAll("[data-testid=new-lines]"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Older_lines_are_loaded_page_by_page_to_the_beginning()
    {
        Project.WithDatabase().AppendMany("web", LogWindow.Capacity + 700);
        var view = await RenderViewAsync();
        view.WaitForAssertion(() => Assert.Equal(LogWindow.Capacity, view.FindAll(".line").Count), Patience);
        Assert.Contains("Older lines above", view.Find(".edge").TextContent, StringComparison.Ordinal);

        Assert.True(await view.InvokeAsync(view.Instance.LoadOlder));
        Assert.False(await view.InvokeAsync(view.Instance.LoadOlder));

        Assert.Equal(Sample.Range(1, LogWindow.Capacity + 700).Select(n => $"flood {n}"), Texts(view));
        Assert.Contains("Beginning of the history", view.Find(".edge").TextContent, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_cut_line_is_loaded_whole()
    {
        var text = new string('x', LineRenderer.CutAbove) + "<REST>";
        Project.WithDatabase().Append("web", text);
        var view = await RenderViewAsync();
        view.WaitForAssertion(() => Assert.NotNull(view.Find("button.whole")), Patience);

        Assert.EndsWith("x&lt;REST&gt;", await view.InvokeAsync(() => view.Instance.LoadWhole(1)), StringComparison.Ordinal);
        Assert.Null(await view.InvokeAsync(() => view.Instance.LoadWhole(99)));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_replaced_database_shows_nothing_of_the_old_one()
    {
        Project.WithDatabase().Append("web", "old 1", "old 2");
        var view = await RenderViewAsync();
        ShowsEventually(view, "old 1", "old 2");

        Project.ReplaceDatabase();
        Project.Append("web", "new 1", "new 2", "new 3");
        ShowsEventually(view, "new 1", "new 2", "new 3");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_is_one_line_as_it_is_now()
    {
        Project.WithDatabase().Append("web", "before", "10 %", "after");
        var view = await RenderViewAsync();
        ShowsEventually(view, "before", "10 %", "after");

        Project.Amend(2, "20 %");
        ShowsEventually(view, "before", "20 %", "after");
        Project.Amend(2, "done");
        Project.Append("web", "next");
        ShowsEventually(view, "before", "done", "after", "next");
    }

    [Fact(Timeout = Timeout)]
    public async Task While_it_does_not_follow_no_line_changes_and_when_it_does_all_are_as_they_are_now()
    {
        Project.WithDatabase().Append("web", "before", "10 %", "after");
        var view = await RenderViewAsync();
        ShowsEventually(view, "before", "10 %", "after");
        await FreezeAsync(view);

        Project.Amend(2, "20 %");
        Project.Amend(2, "30 %");
        await SeenByFeedAsync(2, "30 %");
        Project.Append("web", "next");
        NewLinesEventually(view, "1 new line"); // the view has read past the changes
        ShowsEventually(view, "before", "10 %", "after");

        await view.Find("[data-testid=new-lines]").ClickAsync();
        ShowsEventually(view, "before", "30 %", "after", "next");
    }

    /// <remarks>The ring, and with it the snapshot of the subscription that following begins with, holds that line no more.</remarks>
    [Fact(Timeout = Timeout)]
    public async Task A_line_older_than_the_ring_that_changed_meanwhile_is_as_it_is_now()
    {
        var view = await RenderOldLineAsync("10 %");
        await FreezeAsync(view);
        using var watcher = _running!.Feed.Subscribe();
        Project.Amend(1, "done");
        await RunningOutputFeed.ReadAmendedUntilAsync(watcher, l => l.Id == 1, Cancellation); // sent to all, the view may not have looked
        ShowsEventually(view, "10 %");

        await view.Find("[data-testid=new-lines]").ClickAsync();
        ShowsEventually(view, "done");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_older_than_the_ring_is_read_again_when_changes_were_missed()
    {
        var view = await RenderOldLineAsync("10 %");
        Project.AmendUnseen(1, "done");
        ShowsEventually(view, "done");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_page_that_missed_changes_starts_over_with_all_as_it_is_now()
    {
        Project.WithDatabase().Append("web", "one", "two", "three");
        var view = await RenderViewAsync();
        ShowsEventually(view, "one", "two", "three");

        Project.AmendUnseen(2, "TWO");
        ShowsEventually(view, "one", "TWO", "three");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_page_that_stands_still_keeps_its_place_when_changes_were_missed()
    {
        Project.WithDatabase().Append("web", "one", "two", "three");
        var view = await RenderViewAsync();
        ShowsEventually(view, "one", "two", "three");
        await FreezeAsync(view);

        Project.AmendUnseen(2, "TWO");
        await SeenByFeedAsync(2, "TWO");
        Project.Append("web", "four", "five");
        NewLinesEventually(view, "2 new lines");
        ShowsEventually(view, "one", "two", "three");

        await view.Find("[data-testid=new-lines]").ClickAsync();
        ShowsEventually(view, "one", "TWO", "three", "four", "five");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_of_an_older_page_changes_too()
    {
        var view = await RenderOldLineAsync([.. Enumerable.Range(1, 600).Select(n => $"old {n}")]);
        Assert.False(await view.InvokeAsync(view.Instance.LoadOlder));
        Assert.Equal("old 1", Texts(view).First());

        Project.Amend(1, "changed");
        view.WaitForAssertion(() => Assert.Equal("changed", Texts(view).First()), Patience);
        Assert.Equal(600, Texts(view).Count());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        // The view first, then its feed, then the project's files.
        await DisposeComponentsAsync();
        if (_running is not null) await _running.DisposeAsync();
        await base.DisposeAsyncCore();
    }

    private Task<IRenderedComponent<LogView>> RenderViewAsync(string hidden = "") => RenderViewAsync(Hiding(hidden));

    private async Task<IRenderedComponent<LogView>> RenderViewAsync(LineFilter filter)
    {
        _running = await RunningOutputFeed.StartReadyAsync(Project, Cancellation);
        Services.AddSingleton(_running.Feed);
        JSInterop.SetupModule("./_content/OvermindGui.Web/Components/Log/LogView.razor.js").SetupModule("attach", _ => true);
        return Render<LogView>(p => p.Add(v => v.Filter, filter).Add(v => v.Processes, Processes).Add(v => v.Search, NewSearch()));
    }

    /// <summary>Shows the newest lines of a process behind so many of a hidden one that none of them is in the feed's ring.</summary>
    private async Task<IRenderedComponent<LogView>> RenderOldLineAsync(params string[] lines)
    {
        Project.WithDatabase().Append("api", lines);
        Project.AppendMany("web", OutputFeed.RingSize + 1);
        var view = await RenderViewAsync(hidden: "web");
        view.WaitForAssertion(() => Assert.Equal(lines[^1], Texts(view).LastOrDefault()), Patience);
        return view;
    }

    private LogSearch NewSearch() => new(OvermindDatabase.In(Project.Folder), TimeProvider.System);

    private static LineFilter Hiding(string hidden) => new(Selection.Without(hidden.Split(',', StringSplitOptions.RemoveEmptyEntries)).Filter);

    private static async Task FreezeAsync(IRenderedComponent<LogView> view)
    {
        await view.InvokeAsync(() => view.Instance.OnFollowChanged(false, 1));
        view.Render(p => p.Add(v => v.Following, false));
    }

    /// <summary>Returns once the feed has sent a line as it is now to all.</summary>
    private Task SeenByFeedAsync(long id, string text) => Eventually.TrueAsync(() =>
    {
        using var subscription = _running!.Feed.Subscribe();
        return subscription.Snapshot.Any(l => l.Id == id && l.Html.Contains($">{text}<", StringComparison.Ordinal));
    });

    private static IEnumerable<string> Texts(IRenderedComponent<LogView> view) => view.FindAll(".line").Select(l => l.TextContent);

    private static void ShowsEventually(IRenderedComponent<LogView> view, params string[] lines) =>
        view.WaitForAssertion(() => Assert.Equal(lines, Texts(view)), Patience);

    private static void EmptyEventually(IRenderedComponent<LogView> view, string text) =>
        view.WaitForAssertion(() => Assert.Equal(text, view.Find("[data-testid=log-empty] strong").TextContent), Patience);

    private static void NewLinesEventually(IRenderedComponent<LogView> view, string text) =>
        view.WaitForAssertion(() => Assert.Equal(text, view.Find("[data-testid=new-lines]").TextContent.Trim()), Patience);
}
