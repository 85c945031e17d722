using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Support;

/// <summary>A feed that runs as in the host; a failure of it fails the test.</summary>
internal sealed class FeedRun<T>(T feed) : IAsyncDisposable
    where T : BackgroundService
{
    public T Feed => feed;

    public async Task<FeedRun<T>> StartAsync()
    {
        await feed.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await feed.StopAsync(CancellationToken.None);
        if (feed.ExecuteTask is { IsFaulted: true } failed) await failed;
        feed.Dispose();
    }
}

internal static class FeedRuns
{
    public static Task<FeedRun<OutputFeed>> StartOutputFeedAsync(this StoredProject project) =>
        new FeedRun<OutputFeed>(new OutputFeed(project.Folder, NullLogger<OutputFeed>.Instance)).StartAsync();

    public static Task<FeedRun<SystemFeed>> StartSystemFeedAsync(this StoredProject project) =>
        new FeedRun<SystemFeed>(new SystemFeed(project.Folder, TimeProvider.System, NullLogger<SystemFeed>.Instance)).StartAsync();

    /// <summary>Ids in the order a reader sees them: the snapshot, then what follows, until one is reached.</summary>
    public static async Task<List<long>> ReadIdsUntilAsync(this OutputSubscription subscription, long last)
    {
        var ids = subscription.Snapshot.Select(l => l.Id).ToList();
        if (ids.Count > 0 && ids[^1] >= last) return ids;
        await foreach (var batch in subscription.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            ids.AddRange(batch.Select(l => l.Id));
            if (ids[^1] >= last) break;
        }

        return ids;
    }
}
