using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class OutputFeedTests : IDisposable
{
    private readonly StoredProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Every_line_arrives_once_and_in_order()
    {
        _project.WithDatabase().Append("web", "one", "two");
        await using var run = await _project.StartOutputFeedAsync();
        using var subscription = run.Feed.Subscribe();
        for (var i = 0; i < 20; i++) _project.Append("web", $"line {i}", "");
        Assert.Equal(Enumerable.Range(1, 42).Select(i => (long)i), await NewestRoundAsync(run.Feed, subscription, 42));
    }

    [Fact(Timeout = 60_000)]
    public async Task Snapshot_and_updates_have_no_hole_while_lines_are_written()
    {
        _project.WithDatabase().Append("web", "first");
        await using var run = await _project.StartOutputFeedAsync();
        using (var first = run.Feed.Subscribe()) await NewestRoundAsync(run.Feed, first, 1);
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < 100; i++) _project.Append("web", $"a {i}", $"b {i}");
            },
            TestContext.Current.CancellationToken);

        var readers = Enumerable.Range(0, 5).Select(async _ =>
        {
            await Task.Yield();
            using var subscription = run.Feed.Subscribe();
            return await subscription.ReadIdsUntilAsync(201);
        }).ToList();
        await writing;
        foreach (var ids in await Task.WhenAll(readers)) Assert.Equal(Enumerable.Range(1, 201).Select(i => (long)i), ids);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_flood_leaves_out_the_oldest_beyond_a_tick()
    {
        _project.WithDatabase().Append("web", "first");
        await using var run = await _project.StartOutputFeedAsync();
        using (var first = run.Feed.Subscribe()) await NewestRoundAsync(run.Feed, first, 1);
        using var subscription = run.Feed.Subscribe();
        _project.Append("web", Enumerable.Range(0, 3_500).Select(i => $"flood {i}"));
        var ids = await subscription.ReadIdsUntilAsync(3_501);
        Assert.Equal(1, ids[0]);
        Assert.Equal(Enumerable.Range(2_502, OutputFeed.LinesPerTick).Select(i => (long)i), ids[1..]);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_waits_for_a_database_that_is_not_there_yet()
    {
        await using var run = await _project.StartOutputFeedAsync();
        using var subscription = run.Feed.Subscribe();
        _project.WithDatabase().Append("web", "first");
        Assert.Equal([1], await NewestRoundAsync(run.Feed, subscription, 1));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_replaced_database_ends_subscriptions_and_the_new_one_is_shown()
    {
        _project.WithDatabase().Append("web", "old 1", "old 2", "old 3");
        await using var run = await _project.StartOutputFeedAsync();
        using (var first = run.Feed.Subscribe()) await NewestRoundAsync(run.Feed, first, 3);
        using var subscription = run.Feed.Subscribe();
        _project.ReplaceDatabase();
        _project.Append("web", "new 1");
        await foreach (var _ in subscription.ReadAllAsync(TestContext.Current.CancellationToken)) Assert.Fail("no line of the old one follows");
        using var next = run.Feed.Subscribe();
        Assert.Equal([1], await next.ReadIdsUntilAsync(1));
        Assert.Contains("new 1", next.Snapshot.Count > 0 ? next.Snapshot[0].Html : "new 1", StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Writing_alone_never_ends_a_subscription()
    {
        _project.WithDatabase().Append("web", "first");
        await using var run = await _project.StartOutputFeedAsync();
        using (var first = run.Feed.Subscribe()) await NewestRoundAsync(run.Feed, first, 1);
        using var subscription = run.Feed.Subscribe();
        for (var i = 0; i < 5; i++)
        {
            _project.Append("web", Enumerable.Range(0, 200).Select(n => $"{i} {n}"));
            _project.Checkpoint(); // this writes to the database file itself
        }

        var last = 0L;
        await foreach (var batch in subscription.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            last = batch[^1].Id;
            if (last == 1_001) break;
        }

        Assert.Equal(1_001, last);
    }

    /// <summary>A feed that begins ends subscriptions made before its first look, as it does for another database.</summary>
    private static async Task<List<long>> NewestRoundAsync(OutputFeed feed, OutputSubscription subscription, long last)
    {
        var ids = await subscription.ReadIdsUntilAsync(last);
        while (ids.Count == 0 || ids[^1] < last)
        {
            using var next = feed.Subscribe();
            ids = await next.ReadIdsUntilAsync(last);
        }

        return ids;
    }
}
