using System.Net;
using System.Net.WebSockets;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Api;

/// <summary>Who may type over HTTP, and what is wrong with a request.</summary>
public sealed class TypingTests
{
    [Fact]
    public async Task A_dashboard_that_types_nothing_refuses_it_with_a_reason()
    {
        await using var server = await StartAsync(new WebAccess { NoInput = true });

        using var answer = await PostAsync(server, new { text = "x" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("--no-input", await ReadAsync(answer), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "Expected a text or keys")]
    [InlineData("""{"keys":["hyper+x"]}""", "keys: there is no key")]
    public async Task A_body_that_types_nothing_names_what_is_wrong(string body, string expected)
    {
        await using var server = await StartAsync(new WebAccess());

        using var answer = await server.Client.PostAsync(
            "/api/process/web/input", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await ReadAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_process_is_404()
    {
        await using var server = await StartAsync(new WebAccess());

        using var answer = await server.Client.PostAsJsonAsync("/api/process/nobody/input", new { text = "x" }, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_terminal_is_a_web_socket_with_the_same_check_of_its_origin()
    {
        await using var server = await StartAsync(new WebAccess());

        using var plain = await server.Client.GetAsync("/api/process/web/terminal", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, plain.StatusCode);

        using var foreign = new ClientWebSocket();
        foreign.Options.SetRequestHeader("Origin", "https://evil.example");
        foreign.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
    }

    [Fact]
    public async Task Without_a_daemon_the_terminal_says_so_and_ends()
    {
        await using var server = await StartAsync(new WebAccess { NoInput = true });
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(AddressOf(server), TestContext.Current.CancellationToken);

        Assert.Equal("""{"type":"mode","read_only":true,"reason":"This dashboard types nothing (--no-input)"}""", await NextAsync(socket));
        Assert.Contains("\"end\"", await NextAsync(socket), StringComparison.Ordinal);
        Assert.Equal("", await NextAsync(socket));
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    private static Task<RunningServer> StartAsync(WebAccess access) =>
        RunningServer.StartAsync(new StoredProject().WithDatabase().WithProcess("web").WithLivingDaemon(), access: access);

    private static Uri AddressOf(RunningServer server) => new UriBuilder(server.Address) { Scheme = "ws", Path = "/api/process/web/terminal" }.Uri;

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, object body) =>
        server.Client.PostAsJsonAsync("/api/process/web/input", body, TestContext.Current.CancellationToken);

    private static Task<string> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static async Task<string> NextAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
