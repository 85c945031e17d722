using System.Collections.Concurrent;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Hosting;

/// <summary>Sends the reason for a shutdown to every open page before its connection closes.</summary>
/// <param name="folder">Null where several projects are shown.</param>
internal sealed class ShutdownNotifier(ProjectFolder? folder = null)
{
    public const string Restart = "restart";
    public const string Shutdown = "shutdown";

    // A page that sleeps or has gone does not hold up the end.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Func<string, Task>, byte> _pages = [];

    /// <param name="notify">Called with the reason; does not throw when the page is gone.</param>
    public void Add(Func<string, Task> notify) => _pages[notify] = 0;

    public void Remove(Func<string, Task> notify) => _pages.TryRemove(notify, out _);

    public async Task NotifyAsync(WebServerExit exit)
    {
        if (Reason(exit) is not { } reason) return;
        var notifying = Task.WhenAll(_pages.Keys.Select(notify => notify(reason)));
        if (await Task.WhenAny(notifying, Task.Delay(Timeout)) == notifying) await notifying;
    }

    // Null when only the dashboard ends: it may be back at any moment. When the daemon was shut down, everything has ended.
    private string? Reason(WebServerExit exit) =>
        exit == WebServerExit.RestartRequested ? Restart : folder is null || DaemonLock.IsHeld(folder) ? null : Shutdown;
}
