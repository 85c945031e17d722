using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class OutputFeedTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _project.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task What_was_stored_before_is_the_snapshot()
    {
        _project.WithDatabase().Append("web", "first", "second");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);

        using var subscription = running.Feed.Subscribe();

        Assert.Equal([1, 2], subscription.Snapshot.Select(l => l.Id));
        Assert.Contains("second", subscription.Snapshot[1].Html, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_snapshot_holds_the_newest_lines_of_a_long_history()
    {
        _project.WithDatabase().AppendMany("web", OutputFeed.RingSize + 25);
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);

        using var subscription = running.Feed.Subscribe();

        Assert.Equal(Sample.Range(26, OutputFeed.RingSize + 25), subscription.Snapshot.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_line_arrives_once_and_in_order()
    {
        _project.WithDatabase();
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var subscription = running.Feed.Subscribe();
        var reading = RunningOutputFeed.ReadUntilAsync(subscription, l => l.Id == 200, Cancellation);

        for (var i = 0; i < 20; i++) _project.Append(i % 2 == 0 ? "web" : "api", Enumerable.Range(0, 10).Select(n => $"line {i}.{n}"));

        var seen = await reading;
        Assert.Equal(Sample.Range(1, 200), seen.Select(l => l.Id));
        Assert.All(seen, line => Assert.Equal((line.Id - 1) / 10 % 2 == 0 ? "web" : "api", line.Process));
    }

    /// <remarks>No more lines than one tick takes: with more, a busy machine could rightly leave some out.</remarks>
    [Fact(Timeout = Timeout)]
    public async Task Snapshot_and_updates_have_no_hole_between_them_while_lines_are_written()
    {
        const int Total = OutputFeed.LinesPerTick;
        _project.WithDatabase();
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        var writing = Task.Run(
            () =>
            {
                for (var i = 0; i < Total / 10; i++) _project.Append("web", Enumerable.Range(0, 10).Select(n => $"line {i}.{n}"));
            },
            Cancellation);

        var readers = new List<Task<List<RenderedLine>>>();
        while (!writing.IsCompleted)
        {
            readers.Add(Task.Run(() => running.ReadUntilAsync(l => l.Id == Total, Cancellation), Cancellation));
            await Task.Delay(5, Cancellation); // subscribe at ever other moments of the writing
        }

        await writing;
        foreach (var seen in await Task.WhenAll(readers)) Assert.Equal(Sample.Range(1, Total), seen.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_flood_is_cut_to_its_newest_lines()
    {
        _project.WithDatabase().Append("web", "before");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var subscription = running.Feed.Subscribe();

        _project.AppendMany("web", 3_500);

        var seen = await RunningOutputFeed.ReadUntilAsync(subscription, l => l.Id == 3_501, Cancellation);
        Assert.Equal([1, .. Sample.Range(3_501 - OutputFeed.LinesPerTick + 1, 3_501)], seen.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_subscribers_both_get_all()
    {
        _project.WithDatabase();
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var one = running.Feed.Subscribe();
        using var other = running.Feed.Subscribe();

        _project.Append("web", Enumerable.Range(1, 50).Select(n => $"line {n}"));

        var seen = await RunningOutputFeed.ReadUntilAsync(one, l => l.Id == 50, Cancellation);
        var seenByOther = await RunningOutputFeed.ReadUntilAsync(other, l => l.Id == 50, Cancellation);
        Assert.Equal(Sample.Range(1, 50), seen.Select(l => l.Id));
        Assert.All(seen.Zip(seenByOther), pair => Assert.Same(pair.First, pair.Second)); // rendered once for all
    }

    [Fact(Timeout = Timeout)]
    public async Task A_subscriber_who_left_does_not_hold_up_the_others()
    {
        _project.WithDatabase();
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        var left = running.Feed.Subscribe();
        using var stays = running.Feed.Subscribe();
        left.Dispose();

        _project.Append("web", "hello");

        Assert.Equal([1], (await RunningOutputFeed.ReadUntilAsync(stays, l => l.Id == 1, Cancellation)).Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_replaced_database_starts_over()
    {
        _project.WithDatabase().Append("web", "old 1", "old 2", "old 3");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var subscription = running.Feed.Subscribe();

        _project.ReplaceDatabase();

        // The old subscription ends, and the new one knows nothing of the old lines, though its ids begin at 1 again.
        Assert.Equal(3, (await RunningOutputFeed.ReadUntilAsync(subscription, _ => false, Cancellation)).Count);
        _project.Append("web", "new");
        var line = Assert.Single(await running.ReadUntilAsync(l => l.Html.Contains("new", StringComparison.Ordinal), Cancellation));
        Assert.Equal(1, line.Id);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_checkpoint_is_no_new_database()
    {
        _project.WithDatabase().Append("web", "before");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var subscription = running.Feed.Subscribe();

        _project.Checkpoint();
        _project.Append("web", "after");

        var seen = await RunningOutputFeed.ReadUntilAsync(subscription, l => l.Id == 2, Cancellation);
        Assert.Equal([1, 2], seen.Select(l => l.Id)); // the subscription did not end
    }

    [Fact(Timeout = Timeout)]
    public async Task It_waits_for_a_database_that_comes_later()
    {
        await using var running = await RunningOutputFeed.StartAsync(_project, Cancellation);
        var reading = running.ReadUntilAsync(l => l.Id == 1, Cancellation);

        _project.WithDatabase().Append("web", "at last");

        Assert.Contains("at last", Assert.Single(await reading).Html, StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_changes_is_sent_to_all_and_rendered_once()
    {
        _project.WithDatabase().Append("web", "before", "10 %", "after");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var one = running.Feed.Subscribe();
        using var other = running.Feed.Subscribe();

        _project.Amend(2, "20 %");

        var seen = Assert.Single(await RunningOutputFeed.ReadAmendedUntilAsync(one, l => l.Id == 2, Cancellation));
        Assert.Contains(">20 %<", seen.Html, StringComparison.Ordinal);
        Assert.Same(seen, Assert.Single(await RunningOutputFeed.ReadAmendedUntilAsync(other, l => l.Id == 2, Cancellation)));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_snapshot_of_a_later_subscriber_holds_it_as_it_is_now()
    {
        _project.WithDatabase().Append("web", "before", "10 %", "after");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var early = running.Feed.Subscribe();
        _project.Amend(2, "20 %");
        var amended = Assert.Single(await RunningOutputFeed.ReadAmendedUntilAsync(early, l => l.Id == 2, Cancellation));

        using var late = running.Feed.Subscribe();

        Assert.Equal([early.Snapshot[0], amended, early.Snapshot[2]], late.Snapshot);
    }

    [Fact(Timeout = Timeout)]
    public async Task Changes_that_come_too_soon_are_sent_when_it_is_time_though_nothing_else_comes()
    {
        var time = new ManualTime();
        _project.WithDatabase().Append("web", "0 %");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation, time);
        using var subscription = running.Feed.Subscribe();
        _project.Amend(1, "10 %");
        await RunningOutputFeed.ReadAmendedUntilAsync(subscription, l => l.Id == 1, Cancellation);

        _project.Amend(1, "20 %");
        _project.Amend(1, "30 %");
        // It looks at the clock for what it holds. Where it waited for a notification, so many looks would take longer than this test may.
        var asked = time.Asked;
        await Eventually.TrueAsync(() => time.Asked >= asked + 80);
        var reading = RunningOutputFeed.ReadAmendedUntilAsync(subscription, l => l.Html.Contains(">30 %<", StringComparison.Ordinal), Cancellation);
        Assert.False(reading.IsCompleted);
        time.Advance(AmendmentPace.Interval);

        Assert.Single(await reading);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_misses_changes_starts_over_with_the_lines_as_they_are_now()
    {
        _project.WithDatabase().Append("web", "one", "two", "three");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var subscription = running.Feed.Subscribe();

        // In one transaction, so that no look comes between: what the log says of line 2 is gone before anyone read it.
        _project.AmendUnseen(2, "TWO");

        await foreach (var _ in subscription.ReadAllAsync(Cancellation))
        {
            // Ends.
        }

        using var again = running.Feed.Subscribe(subscription);
        Assert.True(subscription.HasEnded);
        Assert.Equal(subscription.Generation, again.Generation); // the same database
        Assert.Contains(">TWO<", again.Snapshot[1].Html, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], again.Snapshot.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task Changes_that_wait_in_a_former_subscription_wait_in_the_one_that_takes_its_place()
    {
        _project.WithDatabase().Append("web", "0 %");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var watcher = running.Feed.Subscribe();
        using var former = running.Feed.Subscribe();
        _project.Amend(1, "10 %");
        await RunningOutputFeed.ReadAmendedUntilAsync(watcher, l => l.Id == 1, Cancellation); // sent to all

        using var again = running.Feed.Subscribe(former);

        Assert.Single(await RunningOutputFeed.ReadAmendedUntilAsync(again, l => l.Id == 1, Cancellation));
    }
}
