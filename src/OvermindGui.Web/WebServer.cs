using System.Net.Sockets;
using OvermindGui.Core.Projects;

namespace OvermindGui.Web;

public sealed class WebServerOptions
{
    public required ProjectFolder Folder { get; init; }
    public required Socket ListenSocket { get; init; }
    public DaemonLauncher? DaemonLauncher { get; init; }
    public bool Debug { get; init; }
}

public enum WebServerExit
{
    Stopped,
    RestartRequested,
    ShutDown,
}

public static class WebServer
{
    public static async Task<WebServerExit> RunAsync(WebServerOptions options, Action<Uri> started, CancellationToken stop)
    {
        started(new Uri("http://localhost:8000"));
        var end = new TaskCompletionSource();
        await using var _ = stop.Register(end.SetResult);
        await end.Task;
        return WebServerExit.Stopped;
    }
}
