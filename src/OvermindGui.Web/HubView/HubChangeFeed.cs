using OvermindGui.Hub.Reading;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.HubView;

/// <summary>Notifies when there may be something new in the hub, for as long as a page asks for it.</summary>
public sealed class HubChangeFeed(HubChanges changes) : IChangeSource
{
    /// <inheritdoc/>
    public ChangeNotifier Subscribe()
    {
        var over = new CancellationTokenSource();
        var watcher = new ChangeNotifier(_ => over.Cancel());
        watcher.Notify();
        _ = NotifyAsync(watcher, over.Token);
        return watcher;
    }

    private async Task NotifyAsync(ChangeNotifier watcher, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await changes.NextAsync(over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            watcher.Notify();
        }
    }
}
