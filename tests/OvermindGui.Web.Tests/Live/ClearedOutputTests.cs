using OvermindGui.Core.Output;
using OvermindGui.Web.Live;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Live;

public sealed class ClearedOutputTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly StoredProject _project = new StoredProject().WithDatabase();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private OutputClearing Clearing => new(_project.Owner, TimeProvider.System);

    public void Dispose() => _project.Dispose();

    [Fact(Timeout = Timeout)]
    public async Task A_clearing_ends_subscriptions_and_the_next_one_has_only_what_is_left()
    {
        _project.Append("web", "w1");
        _project.Append("api", "a2");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var before = running.Feed.Subscribe();

        Clearing.Clear("web");
        await EndOfAsync(before);

        using var after = running.Feed.Subscribe();
        Assert.Equal([2], after.Snapshot.Select(l => l.Id));
        Assert.NotEqual(before.Generation, after.Generation);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_comes_after_a_clearing_and_what_comes_back_is_there()
    {
        _project.Append("web", "w1");
        await using var running = await RunningOutputFeed.StartReadyAsync(_project, Cancellation);
        using var first = running.Feed.Subscribe();
        Clearing.Clear(null);
        await EndOfAsync(first);
        using var second = running.Feed.Subscribe();
        Assert.Empty(second.Snapshot);

        _project.Append("web", "w2");
        Assert.Equal([2], (await RunningOutputFeed.ReadUntilAsync(second, l => l.Id == 2, Cancellation)).Select(l => l.Id));
        Clearing.Undo();
        await EndOfAsync(second);

        using var third = running.Feed.Subscribe();
        Assert.Equal([1, 2], third.Snapshot.Select(l => l.Id));
    }

    private static async Task EndOfAsync(OutputSubscription subscription)
    {
        await foreach (var _ in subscription.ReadAllAsync(Cancellation))
        {
            // until the feed ends it
        }
    }
}
