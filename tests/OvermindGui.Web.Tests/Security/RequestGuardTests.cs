using System.Net;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Security;

public sealed class RequestGuardTests : IAsyncLifetime
{
    private readonly StoredProject _project = new StoredProject().WithDatabase();
    private RunningDashboard _dashboard = null!;

    public async ValueTask InitializeAsync() => _dashboard = await RunningDashboard.StartAsync(_project);

    public async ValueTask DisposeAsync()
    {
        await _dashboard.DisposeAsync();
        _project.Dispose();
    }

    [Theory(Timeout = 30_000)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    public async Task Only_our_own_names_are_served(string name, bool served)
    {
        using var answer = await _dashboard.SendAsync(HttpMethod.Get, "/", ("Host", $"{name}:{_dashboard.Address.Port}"));
        Assert.Equal(served ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task Our_name_with_a_foreign_port_is_refused()
    {
        using var answer = await _dashboard.SendAsync(HttpMethod.Get, "/", ("Host", "localhost:1"));
        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost:1")]
    public async Task A_foreign_page_cannot_negotiate_a_circuit(string origin)
    {
        using var answer = await _dashboard.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", ("Origin", origin));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_foreign_page_cannot_post_anywhere()
    {
        using var answer = await _dashboard.SendAsync(HttpMethod.Post, "/", ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_foreign_page_cannot_open_the_web_socket() =>
        Assert.Equal(HttpStatusCode.Forbidden, await _dashboard.HandshakeAsync("https://evil.example"));

    [Fact(Timeout = 30_000)]
    public async Task Our_own_page_and_programs_open_the_web_socket()
    {
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await _dashboard.HandshakeAsync($"http://localhost:{_dashboard.Address.Port}"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await _dashboard.HandshakeAsync(null));
    }

    [Fact(Timeout = 30_000)]
    public async Task Our_own_page_negotiates()
    {
        using var answer = await _dashboard.SendAsync(
            HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1", ("Origin", $"http://localhost:{_dashboard.Address.Port}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("localhost")]
    [InlineData("evil.example")]
    public async Task Every_answer_carries_the_policy(string name)
    {
        using var answer = await _dashboard.SendAsync(HttpMethod.Get, "/", ("Host", $"{name}:{_dashboard.Address.Port}"));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }
}
