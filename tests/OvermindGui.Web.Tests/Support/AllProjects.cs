using OvermindGui.Core.Control;
using OvermindGui.Web.Configuration;

namespace OvermindGui.Web.Tests.Support;

/// <summary>The dashboard of all projects of a list, on a free loopback port.</summary>
internal sealed class AllProjects : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly System.Net.Sockets.Socket _socket = Ports.Bind();
    private readonly Task<WebServerExit> _run;

    private AllProjects(ListedProjects list, TaskCompletionSource<Uri> started)
    {
        List = list;
        _run = AllProjectsServer.RunAsync(
            new AllProjectsOptions { State = list.State, Executable = new SelfExecutable("/bin/false", []), ListenSocket = _socket }, started.SetResult, _stop.Token);
    }

    public ListedProjects List { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public string Origin => Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static async Task<AllProjects> StartAsync(ListedProjects list)
    {
        var started = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new AllProjects(list, started);
        if (await Task.WhenAny(started.Task, all._run) == all._run) await all._run; // it did not start: say why
        all.Client.BaseAddress = await started.Task;
        return all;
    }

    public async Task<(int Status, string Body, HttpResponseMessage Answer)> GetAsync(string path, string? host = null, string? origin = null, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    /// <summary>Waits until an address answers with a status.</summary>
    public Task UntilAsync(string path, int status) => Eventually.TrueAsync(async () => (await GetAsync(path)).Status == status);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        Client.Dispose();
        _socket.Dispose();
        _stop.Dispose();
    }
}
