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
}
