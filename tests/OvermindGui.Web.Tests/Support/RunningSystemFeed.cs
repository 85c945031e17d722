using Microsoft.Extensions.Logging.Abstractions;
using OvermindGui.Core.Control;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Tests.Support;

/// <summary>The feed of a project's system, and a reader that notes all that it sends.</summary>
internal sealed class RunningSystemFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly List<SystemSnapshot> _told = [];
    private readonly SemaphoreSlim _more = new(0);
    private readonly Task _listening;

    private readonly ChangeBroadcaster _changes;

    private RunningSystemFeed(StoredProject project, TimeProvider time)
    {
        _changes = new ChangeBroadcaster(OvermindDatabase.In(project.Folder), NullLogger<ChangeBroadcaster>.Instance);
        Feed = new SystemFeed(project.Folder, _changes, time, NullLogger<SystemFeed>.Instance);
        _listening = ListenAsync();
    }

    public SystemFeed Feed { get; }

    /// <summary>All snapshots so far.</summary>
    public IReadOnlyList<SystemSnapshot> Sent
    {
        get
        {
            lock (_told) return [.. _told];
        }
    }

    public static async Task<RunningSystemFeed> StartAsync(
        StoredProject project, CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var running = new RunningSystemFeed(project, time ?? TimeProvider.System);
        await running._changes.StartAsync(cancellationToken);
        await running.Feed.StartAsync(cancellationToken);
        return running;
    }

    /// <summary>Waits until a snapshot is sent for which this is true, also one of before.</summary>
    public async Task<SystemSnapshot> WaitForAsync(Func<SystemSnapshot, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Sent.FirstOrDefault(condition) is { } snapshot) return snapshot;
            await _more.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Feed.StopAsync(CancellationToken.None);
        await _changes.StopAsync(CancellationToken.None);
        if (Feed.ExecuteTask is { IsFaulted: true } failed) await failed; // in the product this ends the dashboard
        await _end.CancelAsync();
        await _listening;
        Feed.Dispose();
        _changes.Dispose();
        _end.Dispose();
        _more.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await foreach (var snapshot in Feed.WatchAsync(_end.Token))
            {
                lock (_told) _told.Add(snapshot);
                _more.Release();
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // disposed
        }
    }
}
