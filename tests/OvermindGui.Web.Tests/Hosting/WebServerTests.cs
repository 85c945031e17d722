using System.Net.Sockets;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Hosting;

public sealed class WebServerTests
{
    private const int Timeout = 30_000;

    [Fact(Timeout = Timeout)]
    public async Task Stopping_it_frees_the_port_and_says_that_it_was_asked_to()
    {
        await using var server = new RunningServer();
        await server.InitializeAsync();

        Assert.Equal(WebServerExit.Stopped, await server.StopAsync());

        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(
            () => client.ConnectAsync("127.0.0.1", server.Address.Port, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact(Timeout = Timeout)]
    public async Task It_serves_before_there_is_a_database()
    {
        using var project = new StoredProject();
        using var socket = Ports.Bind();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var started = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = WebServer.RunAsync(
            new WebServerOptions { Folder = project.Folder, ListenSocket = socket }, address => started.SetResult(address), stop.Token);
        using var client = new HttpClient();

        var page = await client.GetStringAsync(await started.Task, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await run;

        Assert.Contains("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.False(File.Exists(project.Folder.Database), "only the daemon creates the database");
    }
}
