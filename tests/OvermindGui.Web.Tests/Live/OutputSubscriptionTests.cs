using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class OutputSubscriptionTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task All_that_waits_is_one_batch()
    {
        using var subscription = new OutputSubscription([], _ => { });
        subscription.Post(Sample.Lines(1, 2));
        subscription.Post(Sample.Lines(3, 3));
        subscription.Complete();

        var batch = Assert.Single(await ReadAsync(subscription));
        Assert.Equal([1, 2, 3], batch.Select(l => l.Id));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_slow_reader_misses_the_oldest_and_gets_the_newest()
    {
        using var subscription = new OutputSubscription([], _ => { });
        for (var id = 1; id <= 100; id++) subscription.Post(Sample.Lines(id, id));
        subscription.Complete();

        var ids = (await ReadAsync(subscription)).SelectMany(b => b).Select(l => l.Id).ToList();
        Assert.Equal(Sample.Range(85, 100), ids);
    }

    [Fact]
    public void Leaving_it_unsubscribes()
    {
        OutputSubscription? left = null;
        var subscription = new OutputSubscription([], s => left = s);
        subscription.Dispose();
        Assert.Same(subscription, left);
    }

    private static async Task<List<IReadOnlyList<RenderedLine>>> ReadAsync(OutputSubscription subscription)
    {
        var batches = new List<IReadOnlyList<RenderedLine>>();
        await foreach (var batch in subscription.ReadAllAsync(TestContext.Current.CancellationToken)) batches.Add(batch);
        return batches;
    }
}
