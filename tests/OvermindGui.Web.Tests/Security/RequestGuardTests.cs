using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

public sealed class RequestGuardTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";

    [Theory(Timeout = Timeout)]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("LOCALHOST")]
    public async Task Our_own_names_are_served(string name)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/", host: $"{name}:{server.Address.Port}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("evil.example:{port}")]
    [InlineData("localhost.evil.example:{port}")]
    [InlineData("127.0.0.1.nip.io:{port}")]
    [InlineData("0.0.0.0:{port}")]
    [InlineData("10.0.0.1:{port}")]
    [InlineData("127.1:{port}")]
    [InlineData("2130706433:{port}")]
    public async Task A_foreign_host_is_refused_and_what_would_allow_it_is_named(string host)
    {
        foreach (var path in new[] { "/", "/api/state" })
        {
            using var answer = await SendAsync(HttpMethod.Get, path, host: WithPort(host));
            Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
            Assert.DoesNotContain(WithPort(host), await BodyAsync(answer), StringComparison.Ordinal);
            Assert.Contains("--allowed-hosts", await BodyAsync(answer), StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = Timeout)]
    [InlineData("localhost:9000")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:9000")]
    [InlineData("[::1]:9000")]
    public async Task A_tunnel_with_a_port_of_its_own_is_served_page_and_circuit(string host)
    {
        using var page = await SendAsync(HttpMethod.Get, "/", host: host);
        using var circuit = await SendAsync(HttpMethod.Post, Negotiate, host: host, origin: $"http://{host}");
        using var neighbour = await SendAsync(HttpMethod.Post, Negotiate, host: host, origin: "http://localhost:3000");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden), (page.StatusCode, circuit.StatusCode, neighbour.StatusCode));
    }

    [Theory(Timeout = Timeout)]
    [InlineData("/")]
    [InlineData(Negotiate)]
    public async Task A_post_from_a_foreign_page_is_forbidden(string path)
    {
        foreach (var origin in ForeignOrigins)
        {
            using var answer = await SendAsync(HttpMethod.Post, path, origin: WithPort(origin));
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{origin} was answered with {answer.StatusCode}");
        }
    }

    [Theory(Timeout = Timeout)]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task No_method_that_changes_something_is_open_to_a_foreign_page(string method)
    {
        using var answer = await SendAsync(new HttpMethod(method), "/", origin: "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_get_of_the_circuit_from_a_foreign_page_is_forbidden()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/_blazor?id=1", origin: "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_page_itself_may_negotiate_a_circuit()
    {
        using var answer = await SendAsync(HttpMethod.Post, Negotiate, origin: server.Origin);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("connectionToken", await BodyAsync(answer), StringComparison.Ordinal);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_program_without_an_origin_may_negotiate_a_circuit()
    {
        using var answer = await SendAsync(HttpMethod.Post, Negotiate);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_foreign_page_gets_no_cors_header()
    {
        using var page = await SendAsync(HttpMethod.Get, "/", origin: "http://evil.example");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Negotiate);
        preflight.Headers.Add("Origin", "http://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        using var answer = await server.Client.SendAsync(preflight, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        foreach (var header in page.Headers.Concat(answer.Headers))
            Assert.DoesNotContain("Access-Control", header.Key, StringComparison.OrdinalIgnoreCase);
    }

    private static string[] ForeignOrigins =>
        ["http://evil.example", "http://evil.example:{port}", "http://localhost:1", "http://localhost", "https://localhost:{port}",
            "http://127.0.0.1:{port}", "null", "http://localhost:{port}.evil.example"];

    private string WithPort(string text) => text.Replace("{port}", $"{server.Address.Port}", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? host = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = host;
        if (origin is not null) request.Headers.TryAddWithoutValidation("Origin", origin);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<string> BodyAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
