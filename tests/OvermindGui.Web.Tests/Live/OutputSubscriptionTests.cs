using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class OutputSubscriptionTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task All_that_waits_is_one_batch()
    {
        using var subscription = Subscription();
        subscription.Post(Sample.Lines(1, 2), []);
        subscription.Post(Sample.Lines(3, 3), []);
        subscription.Complete();

        var batch = Assert.Single(await ReadAsync(subscription));
        Assert.Equal([1, 2, 3], batch.Lines.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_slow_reader_misses_the_oldest_and_gets_the_newest()
    {
        using var subscription = Subscription();
        PostTicks(subscription, 20);
        subscription.Complete();

        var ids = (await ReadAsync(subscription)).SelectMany(b => b.Lines).Select(l => l.Id).ToList();
        Assert.Equal(Sample.Range(1 + (4 * OutputFeed.LinesPerTick), 20 * OutputFeed.LinesPerTick), ids);
    }

    [Fact]
    public void Leaving_it_unsubscribes()
    {
        OutputSubscription? left = null;
        var subscription = new OutputSubscription([], 1, s => left = s);
        subscription.Dispose();
        Assert.Same(subscription, left);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_was_amended_often_is_one_amendment_as_it_is_now()
    {
        using var subscription = Subscription();
        for (var percent = 1; percent <= 100; percent++) subscription.Post([], [Sample.Rendered(7, $"{percent} %"), Sample.Rendered(9, "same")]);
        subscription.Complete();

        var batch = Assert.Single(await ReadAsync(subscription));
        Assert.Empty(batch.Lines);
        Assert.Equal([Sample.Rendered(7, "100 %"), Sample.Rendered(9, "same")], batch.Amended.OrderBy(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_slow_reader_misses_lines_but_no_amendment()
    {
        using var subscription = Subscription();
        subscription.Post([], [Sample.Rendered(1, "amended")]);
        PostTicks(subscription, 20);
        subscription.Complete();

        var batch = Assert.Single(await ReadAsync(subscription));
        Assert.Equal((1 + (4 * OutputFeed.LinesPerTick), 20 * OutputFeed.LinesPerTick), (batch.Lines[0].Id, batch.Lines[^1].Id));
        Assert.Equal([Sample.Rendered(1, "amended")], batch.Amended);
    }

    [Fact(Timeout = Timeout)]
    public async Task Amendments_drop_no_waiting_lines()
    {
        using var subscription = Subscription();
        subscription.Post(Sample.Lines(1, 1), []);
        for (var id = 0; id < 100; id++) subscription.Post([], [Sample.Rendered(-id, "amended")]);
        subscription.Complete();

        Assert.Equal([1], Assert.Single(await ReadAsync(subscription)).Lines.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_line_that_was_amended_before_it_was_read_is_a_new_line_as_it_is_now()
    {
        using var subscription = Subscription();
        subscription.Post(Sample.Lines(1, 2), []);
        subscription.Post([], [Sample.Rendered(2, "now")]);
        subscription.Complete();

        var batch = Assert.Single(await ReadAsync(subscription));
        Assert.Equal([Sample.Lines(1, 1)[0], Sample.Rendered(2, "now")], batch.Lines);
        Assert.Empty(batch.Amended);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_reader_who_is_away_for_more_amendments_than_there_are_lines_starts_over()
    {
        using var subscription = Subscription();
        for (var id = 1; id <= OutputFeed.RingSize; id++) subscription.Post([], [Sample.Rendered(id, "amended")]);
        Assert.False(subscription.HasEnded);
        subscription.Post([], [Sample.Rendered(OutputFeed.RingSize + 1, "one too many")]);

        Assert.Empty(await ReadAsync(subscription)); // it ended without being completed by anyone
        Assert.True(subscription.HasEnded);
    }

    private static OutputSubscription Subscription() => new([], 1, _ => { });

    private static void PostTicks(OutputSubscription subscription, int ticks)
    {
        for (var tick = 0; tick < ticks; tick++)
            subscription.Post(Sample.Lines(1 + (tick * OutputFeed.LinesPerTick), (tick + 1) * OutputFeed.LinesPerTick), []);
    }

    private static async Task<List<FeedBatch>> ReadAsync(OutputSubscription subscription)
    {
        var batches = new List<FeedBatch>();
        await foreach (var batch in subscription.ReadAllAsync(TestContext.Current.CancellationToken)) batches.Add(batch);
        return batches;
    }
}
