using System.Collections.Concurrent;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Hosting;

/// <summary>Sends the reason for a shutdown to every open page before its connection closes.</summary>
internal sealed class ShutdownNotifier(ProjectFolder folder)
{
    public const string Restart = "restart";
    public const string Shutdown = "shutdown";

    // A page that sleeps or has gone does not hold up the end.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Func<string, Task>, byte> _pages = [];

    /// <param name="tell">Called with the reason; does not throw when the page is gone.</param>
    public void Add(Func<string, Task> tell) => _pages[tell] = 0;

    public void Remove(Func<string, Task> tell) => _pages.TryRemove(tell, out _);

    public async Task TellAsync(WebServerExit exit)
    {
        if (Reason(exit) is not { } reason) return;
        var telling = Task.WhenAll(_pages.Keys.Select(tell => tell(reason)));
        if (await Task.WhenAny(telling, Task.Delay(Timeout)) == telling) await telling;
    }

    // Null when only the dashboard ends: it may be back at any moment. When the daemon was shut down, everything has ended.
    private string? Reason(WebServerExit exit) =>
        exit == WebServerExit.RestartRequested ? Restart : DaemonLock.IsHeld(folder) ? null : Shutdown;
}
