using System.Net;
using System.Net.WebSockets;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

public sealed class TokenTests(GuardedServer server) : IClassFixture<GuardedServer>
{
    private const int Timeout = 30_000;

    [Theory(Timeout = Timeout)]
    [InlineData("/")]
    [InlineData("/api/state")]
    [InlineData("/API/state")]
    [InlineData("/%61pi/state")]
    [InlineData("//api/state")]
    [InlineData("/./api/../api/state")]
    [InlineData("/api/output/stream")]
    [InlineData("/api/docs")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/_content/OvermindGui.Web/js/start.js")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_blazor")]
    [InlineData("/no-such-page")]
    [InlineData("/api/state?token=" + GuardedServer.Token)]
    public async Task Nothing_is_served_without_it(string path)
    {
        using var answer = await server.SendAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Contains("overmind-gui.token", await BodyAsync(answer), StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("POST", "/api/process/web/stop")]
    [InlineData("POST", "/api/shutdown")]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("POST", "/?token=" + GuardedServer.Token)]
    public async Task Nothing_is_changed_without_it(string method, string path)
    {
        using var answer = await server.SendAsync(path, method: new HttpMethod(method));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_circuit_is_not_opened_without_it()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new Uri($"ws://127.0.0.2:{server.Address.Port}/_blazor");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_circuit_is_opened_by_the_cookie()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", await server.CookieAsync());
        await socket.ConnectAsync(new Uri($"ws://127.0.0.2:{server.Address.Port}/_blazor"), TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, socket.State);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_address_with_it_sets_a_cookie_and_leads_to_one_without_it()
    {
        using var answer = await server.SendAsync($"/?process=web&token={GuardedServer.Token}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/?process=web", answer.Headers.Location!.ToString());
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith(server.CookieName + "=", cookie, StringComparison.Ordinal);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(GuardedServer.Token, cookie, StringComparison.Ordinal);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/?TOKEN={token}", "/")]
    [InlineData("/?Token={token}&tOKEN=other&q=a%20b", null)] // twice is no token
    [InlineData("/environment?process=web&TOKEN={token}", "/environment?process=web")]
    [InlineData("/no-such-page?token={token}", "/no-such-page")]
    public async Task It_leaves_the_address_of_every_page_whatever_its_case(string path, string? rest)
    {
        using var answer = await server.SendAsync(path.Replace("{token}", GuardedServer.Token, StringComparison.Ordinal));
        Assert.Equal(rest is null ? HttpStatusCode.Unauthorized : HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(rest, answer.Headers.Location?.ToString());
    }

    [Theory(Timeout = Timeout)]
    [InlineData("//evil.example/?token={token}")]
    [InlineData("/%5cevil.example/?token={token}")]
    [InlineData("/\\evil.example/?token={token}")]
    [InlineData("/openapi/v1.json?token={token}")]
    [InlineData("/_framework/blazor.web.js?token={token}")]
    public async Task It_leads_to_no_other_host_and_is_no_key_to_what_pages_fetch(string path)
    {
        using var raw = await RawConnection.OpenAsync(server.Address);
        await raw.SendAsync(
            $"GET {path.Replace("{token}", GuardedServer.Token, StringComparison.Ordinal)} HTTP/1.1\r\nHost: {server.Address.Authority}\r\nConnection: close\r\n\r\n");
        var answer = await raw.ReadAsync();
        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Location:", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/")]
    [InlineData("/api/state")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/api/output/stream")]
    public async Task The_cookie_and_the_header_let_in(string path)
    {
        using var browser = await server.SendAsync(path, cookie: await server.CookieAsync());
        using var program = await server.SendAsync(path, bearer: GuardedServer.Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (browser.StatusCode, program.StatusCode));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_cookie_of_another_port_does_not_let_in()
    {
        var value = (await server.CookieAsync()).Split('=')[1];
        using var answer = await server.SendAsync("/", cookie: $"overmind-gui-1={value}");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("127.0.0.2:{port}", HttpStatusCode.OK)]
    [InlineData("localhost:{port}", HttpStatusCode.OK)]
    [InlineData("tools.example:{port}", HttpStatusCode.OK)]
    [InlineData("tools.example", HttpStatusCode.OK)]
    [InlineData("proxy.example:80", HttpStatusCode.OK)]
    [InlineData("tools.example:1", HttpStatusCode.OK)] // given without a port: any
    [InlineData("evil.example:{port}", HttpStatusCode.MisdirectedRequest)]
    [InlineData("proxy.example:81", HttpStatusCode.MisdirectedRequest)] // given with another
    [InlineData("localhost:1", HttpStatusCode.OK)] // through a tunnel
    [InlineData("127.0.0.3:{port}", HttpStatusCode.OK)]
    public async Task Only_given_names_and_the_address_itself_are_served(string host, HttpStatusCode status)
    {
        using var answer = await server.SendAsync("/", bearer: GuardedServer.Token, host: WithPort(host));
        Assert.Equal(status, answer.StatusCode);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("tools.example", "https://tools.example", HttpStatusCode.OK)]
    [InlineData("tools.example", "http://tools.example", HttpStatusCode.OK)]
    [InlineData("127.0.0.2:{port}", "https://127.0.0.2:{port}", HttpStatusCode.Forbidden)]
    [InlineData("tools.example", "https://evil.example", HttpStatusCode.Forbidden)]
    public async Task A_page_may_come_over_tls_from_a_given_name(string host, string origin, HttpStatusCode status)
    {
        using var answer = await server.SendAsync(
            "/api/state", cookie: await server.CookieAsync(), host: WithPort(host), origin: WithPort(origin));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_foreign_page_is_refused_even_with_the_cookie()
    {
        using var answer = await server.SendAsync(
            "/api/process/web/stop", cookie: await server.CookieAsync(), origin: "http://evil.example", method: HttpMethod.Post);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private string WithPort(string text) => text.Replace("{port}", $"{server.Address.Port}", StringComparison.Ordinal);

    private static Task<string> BodyAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
