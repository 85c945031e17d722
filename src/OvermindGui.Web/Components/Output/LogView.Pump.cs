using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Output;

public sealed partial class LogView
{
    // A frozen view renders only its counter; nobody reads it faster than this.
    private static readonly TimeSpan FrozenPause = TimeSpan.FromMilliseconds(200);

    private CancellationTokenSource _reload = new();
    private Task _pump = Task.CompletedTask;
    private bool _following = true;
    private bool? _toldFollowing;

    /// <summary>Subscribes anew: after a change of filter, to go back to the end, and when the database was replaced.</summary>
    private async Task PumpAsync(CancellationToken disposed)
    {
        try
        {
            while (!disposed.IsCancellationRequested)
            {
                using var round = CancellationTokenSource.CreateLinkedTokenSource(disposed, _reload.Token);
                try
                {
                    await FollowFeedAsync(round.Token);
                }
                catch (OperationCanceledException) when (!disposed.IsCancellationRequested)
                {
                    // asked to start over: the loop does
                }

                await InvokeAsync(BeginRound);
            }
        }
        catch (OperationCanceledException) when (disposed.IsCancellationRequested)
        {
            // the page is gone
        }
        catch (ObjectDisposedException) when (disposed.IsCancellationRequested)
        {
            // as above
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private void BeginRound()
    {
        if (!_reload.IsCancellationRequested)
        {
            _buffer.Clear(); // the feed ended the subscription: another database
            return;
        }

        _reload.Dispose();
        _reload = new CancellationTokenSource();
    }

    private async Task FollowFeedAsync(CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe();
        await InvokeAsync(() => StartAsync(subscription.Snapshot, cancellationToken));
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken))
        {
            await InvokeAsync(() => Take(batch));
            if (!_following) await Task.Delay(FrozenPause, cancellationToken);
        }
    }

    private void Take(IReadOnlyList<RenderedLine> batch)
    {
        if (_following)
        {
            _buffer.Append(batch, Filter);
            _buffer.Trim();
            if (_atBeginning && _buffer.Entries.Count > 0 && _buffer.FirstId > _firstEver) _atBeginning = false;
        }
        else
        {
            _newLines += CountNew(batch);
        }

        Render();
    }

    // What the feed left out counts as well; which processes printed it is not known.
    private long CountNew(IReadOnlyList<RenderedLine> batch)
    {
        var missing = _lastCounted > 0 ? Math.Max(0, batch[0].Id - _lastCounted - 1) : 0;
        _lastCounted = batch[^1].Id;
        return missing + batch.Count(l => Filter.Shows(l.Process));
    }

    private void Reload(bool afresh)
    {
        if (afresh) _buffer.Clear();
        _reload.Cancel();
    }
}
