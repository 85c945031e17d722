using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

public sealed class SecurityHeadersTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Timeout = 30_000;

    [Theory(Timeout = Timeout)]
    [InlineData("/", null)]
    [InlineData("/_content/OvermindGui.Web/js/start.js", null)]
    [InlineData("/no-such-page", null)]
    [InlineData("/", "evil.example")]
    public async Task Every_answer_bears_them(string path, string? host)
    {
        var headers = await HeadersAsync(path, host);
        Assert.Equal(["nosniff"], headers["X-Content-Type-Options"]);
        Assert.Equal(["no-referrer"], headers["Referrer-Policy"]);
        Assert.Single(headers["Content-Security-Policy"]);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("default-src", "'self'")]
    [InlineData("script-src", "'self'")]
    [InlineData("frame-ancestors", "'none'")]
    [InlineData("base-uri", "'self'")]
    [InlineData("form-action", "'self'")]
    [InlineData("object-src", "'none'")]
    public async Task The_policy_trusts_nothing_but_this_server(string directive, string value) =>
        Assert.Equal(value, (await PolicyAsync())[directive]);

    [Fact(Timeout = Timeout)]
    public async Task The_policy_lets_older_browsers_open_the_circuit() =>
        Assert.Equal($"'self' ws://localhost:{server.Address.Port}", (await PolicyAsync())["connect-src"]);

    [Fact(Timeout = Timeout)]
    public async Task The_policy_repeats_no_foreign_host() =>
        Assert.Equal("'self'", (await PolicyAsync($"evil.example:{server.Address.Port}"))["connect-src"]);

    [Fact(Timeout = Timeout)]
    public async Task The_server_does_not_tell_its_name() => Assert.False((await HeadersAsync("/")).ContainsKey("Server"));

    private async Task<Dictionary<string, string>> PolicyAsync(string? host = null) =>
        (await HeadersAsync("/", host))["Content-Security-Policy"].Single().Split("; ")
            .Select(directive => directive.Split(' ', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);

    private async Task<Dictionary<string, string[]>> HeadersAsync(string path, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.Headers.ToDictionary(h => h.Key, h => h.Value.ToArray());
    }
}
