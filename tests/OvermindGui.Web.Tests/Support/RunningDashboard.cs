using System.Net;
using System.Net.WebSockets;

namespace OvermindGui.Web.Tests.Support;

/// <summary>The real host on a real port.</summary>
internal sealed class RunningDashboard : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;

    private RunningDashboard(Uri address, Task<WebServerExit> exit, CancellationTokenSource stop)
    {
        (Address, Exit, _stop) = (address, exit, stop);
        Http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public Task<WebServerExit> Exit { get; }

    public HttpClient Http { get; }

    public static async Task<RunningDashboard> StartAsync(StoredProject project)
    {
        var stop = new CancellationTokenSource();
        var started = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new WebServerOptions { Folder = project.Folder, ListenSocket = Ports.Bind() };
        var exit = WebServer.RunAsync(options, started.SetResult, stop.Token);
        if (await Task.WhenAny(started.Task, exit) == exit) await exit;
        return new RunningDashboard(await started.Task, exit, stop);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Opens a circuit's WebSocket; returns the status that the handshake was answered with.</summary>
    public async Task<HttpStatusCode> HandshakeAsync(string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://localhost:{Address.Port}/_blazor"), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException) when (socket.HttpStatusCode != 0)
        {
            // refused; the status tells how
        }

        return socket.HttpStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Exit;
        Http.Dispose();
        _stop.Dispose();
    }
}
