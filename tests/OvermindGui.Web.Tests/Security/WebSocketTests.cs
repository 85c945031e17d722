using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

/// <summary>CORS does not cover a WebSocket: the handshake's Origin is all that keeps a foreign page out of the circuit.</summary>
public sealed class WebSocketTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;

    // SignalR ends every message of its handshake with this character.
    private const char RecordSeparator = '\u001e';

    [Theory(Timeout = Timeout)]
    [InlineData("http://evil.example")]
    [InlineData("http://localhost:1")]
    [InlineData("null")]
    public async Task A_handshake_from_a_foreign_page_is_forbidden(string origin)
    {
        using var socket = new ClientWebSocket();
        var failure = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(socket, "/_blazor", origin));
        Assert.Equal(WebSocketError.NotAWebSocket, failure.WebSocketErrorCode);
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stolen_connection_token_does_not_help_a_foreign_page()
    {
        using var socket = new ClientWebSocket();
        var path = await NegotiateAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(socket, path, "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_page_itself_is_connected()
    {
        using var socket = new ClientWebSocket();
        await ConnectAsync(socket, await NegotiateAsync(), server.Origin);
        Assert.Equal("{}" + RecordSeparator, await ShakeHandsAsync(socket));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_without_an_origin_is_connected()
    {
        using var socket = new ClientWebSocket();
        await ConnectAsync(socket, await NegotiateAsync(), origin: null);
        Assert.Equal("{}" + RecordSeparator, await ShakeHandsAsync(socket));
    }

    private async Task<string> NegotiateAsync()
    {
        using var answer = await server.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, TestContext.Current.CancellationToken);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return $"/_blazor?id={json.GetProperty("connectionToken").GetString()}";
    }

    private Task ConnectAsync(ClientWebSocket socket, string path, string? origin)
    {
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        return socket.ConnectAsync(new Uri($"ws://localhost:{server.Address.Port}{path}"), TestContext.Current.CancellationToken);
    }

    private static async Task<string> ShakeHandsAsync(ClientWebSocket socket)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var hello = Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + RecordSeparator);
        await socket.SendAsync(hello, WebSocketMessageType.Text, endOfMessage: true, cancellation);
        var buffer = new byte[256];
        var answer = await socket.ReceiveAsync(buffer, cancellation);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }
}
