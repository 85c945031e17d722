using Microsoft.JSInterop;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

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
        finally
        {
            _subscription?.Dispose();
        }
    }

    /// <summary>Work that nobody waits for: its end with the page is no news, its failure is the page's.</summary>
    private async Task KeepAsync(Func<Task> work)
    {
        try
        {
            await InvokeAsync(work);
        }
        catch (Exception e) when (_disposed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
            // the page is gone
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
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
            await InvokeAsync(() => TakeAsync(batch, cancellationToken));
            if (!_following) await Task.Delay(FrozenPause, cancellationToken);
        }
    }
}
