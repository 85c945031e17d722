using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Support;

/// <summary>The feed of a project, at work until disposed.</summary>
internal sealed class RunningOutputFeed : IAsyncDisposable
{
    private readonly ChangeBroadcaster _changes;

    private RunningOutputFeed(StoredProject project, TimeProvider? time = null)
    {
        _changes = new ChangeBroadcaster(OvermindDatabase.In(project.Folder), NullLogger<ChangeBroadcaster>.Instance);
        Feed = new OutputFeed(project.Folder, _changes, time ?? TimeProvider.System, NullLogger<OutputFeed>.Instance);
    }

    public OutputFeed Feed { get; }

    /// <summary>Returns at once, whether there is a database or not.</summary>
    public static async Task<RunningOutputFeed> StartAsync(StoredProject project, CancellationToken cancellationToken)
    {
        var running = new RunningOutputFeed(project);
        await running._changes.StartAsync(cancellationToken);
        await running.Feed.StartAsync(cancellationToken);
        return running;
    }

    /// <summary>Returns once it has read the database: who subscribes from then on stays subscribed.</summary>
    public static async Task<RunningOutputFeed> StartReadyAsync(
        StoredProject project, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var running = new RunningOutputFeed(project, time);
        using var early = running.Feed.Subscribe();
        await running._changes.StartAsync(cancellationToken);
        await running.Feed.StartAsync(cancellationToken);
        await foreach (var _ in early.ReadAllAsync(cancellationToken))
        {
            // Ends at the first look, which starts everybody over.
        }

        return running;
    }

    /// <summary>Reads a subscription until a line is there, snapshot included; subscribes again where the feed asks for it.</summary>
    public async Task<List<RenderedLine>> ReadUntilAsync(Predicate<RenderedLine> isLast, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var subscription = Feed.Subscribe();
            var seen = await ReadUntilAsync(subscription, isLast, cancellationToken);
            if (seen.Exists(isLast)) return seen;
        }
    }

    public static async Task<List<RenderedLine>> ReadUntilAsync(
        OutputSubscription subscription, Predicate<RenderedLine> isLast, CancellationToken cancellationToken)
    {
        var seen = new List<RenderedLine>(subscription.Snapshot);
        if (seen.Exists(isLast)) return seen;
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken))
        {
            seen.AddRange(batch.Lines);
            if (seen.Exists(isLast)) break;
        }

        return seen;
    }

    /// <summary>Reads changes of lines until one is there.</summary>
    public static async Task<List<RenderedLine>> ReadAmendedUntilAsync(
        OutputSubscription subscription, Predicate<RenderedLine> isLast, CancellationToken cancellationToken)
    {
        var seen = new List<RenderedLine>();
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken))
        {
            seen.AddRange(batch.Amended);
            if (seen.Exists(isLast)) break;
        }

        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await Feed.StopAsync(CancellationToken.None);
        await _changes.StopAsync(CancellationToken.None);
        if (Feed.ExecuteTask is { IsFaulted: true } failed) await failed; // in the product this ends the dashboard
        Feed.Dispose();
        _changes.Dispose();
    }
}
