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
    private OutputSubscription? _subscription;
    private int _generation;
    private bool _isOutdated;

    /// <summary>Subscribes anew: after a change of filter, to go back to the end, and when the feed ended the subscription.</summary>
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
        finally
        {
            _subscription?.Dispose();
        }
    }

    private void BeginRound()
    {
        if (!_reload.IsCancellationRequested) return; // the feed ended the subscription
        _reload.Dispose();
        _reload = new CancellationTokenSource();
    }

    private async Task FollowFeedAsync(CancellationToken cancellationToken)
    {
        var former = _subscription;
        var subscription = _subscription = feed.Subscribe(former);
        _isOutdated |= former is { HasEnded: true };
        await InvokeAsync(() => StartAsync(subscription, cancellationToken));
        await foreach (var batch in subscription.ReadAllAsync(cancellationToken))
        {
            await InvokeAsync(() => Take(batch));
            if (!_following) await Task.Delay(FrozenPause, cancellationToken);
        }
    }

    private void Take(FeedBatch batch)
    {
        KeepForPages(batch.Amended);
        _buffer.Amend(batch.Amended);
        if (_reload.IsCancellationRequested) return; // it is about to begin anew: the snapshot brings the lines
        if (_following)
        {
            _buffer.Append(batch.Lines, Filter);
            _buffer.Trim();
            if (_atBeginning && _buffer.Entries.Count > 0 && _buffer.FirstId > _firstEver) _atBeginning = false;
            if (_buffer.ShowAmended() || batch.Lines.Count > 0) Render();
        }
        else
        {
            CountNew(batch.Lines);
        }
    }

    private void CountNew(IReadOnlyList<RenderedLine> lines)
    {
        if (lines.Count == 0) return;
        // What the feed left out counts as well; which processes printed it is not known.
        var missing = _lastCounted > 0 ? Math.Max(0, lines[0].Id - _lastCounted - 1) : 0;
        _lastCounted = lines[^1].Id;
        _newLines += missing + lines.Count(l => Filter.Shows(l.Process));
        Render();
    }

    private void Reload(bool afresh)
    {
        if (afresh) _buffer.Clear();
        _reload.Cancel();
    }
}
